"""Sets Tagwright up from a bare Python and starts it, or its tests: standard library alone."""
