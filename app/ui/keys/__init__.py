"""The overview of the keys."""
