"""The photos: models, cards, pictures and the view that shows them."""
