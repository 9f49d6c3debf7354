"""Typing tags: a line that knows the library's words."""
