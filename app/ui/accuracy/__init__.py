"""How good the suggestions are: the page, its tables and pictures."""
