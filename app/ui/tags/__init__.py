"""The tree of tags, and what can be done to tags as such."""
