"""Networks as Keras graphs: what runs on a GPU, and what training starts from."""
