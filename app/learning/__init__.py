"""Judging suggestions: top-k accuracy (and the heads that learn from corrections)."""
