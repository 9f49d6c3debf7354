"""The catalogue of networks: which there are, fetching, adding, comparing and removing them."""
