"""How good the suggestions are, on the library's own photos."""
