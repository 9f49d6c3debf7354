"""Training a network of one's own: choosing photos, watching it learn, and using it."""
