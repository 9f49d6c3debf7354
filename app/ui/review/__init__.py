"""Reviewing: the queue of what is asked next, and accepting in bulk."""
