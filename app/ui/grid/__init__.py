"""The wall of photos: where they stand, how one is painted, and how one moves among them."""
