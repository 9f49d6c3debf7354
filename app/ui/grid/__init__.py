"""The photos: models, cards and pictures, and the view that shows them."""
