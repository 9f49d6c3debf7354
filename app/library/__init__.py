"""What is remembered between runs: the SQLite catalogue, embeddings, thumbnails."""
