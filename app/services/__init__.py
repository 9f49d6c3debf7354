"""Jobs without Qt: finding photos, tagging them, saving tags, judging a network."""
