"""A photo seen large."""
