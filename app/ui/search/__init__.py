"""The search field, what completes it, and the searches that were given a name."""
