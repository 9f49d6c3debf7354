"""The list of what went wrong."""
