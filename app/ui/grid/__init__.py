<<<<<<< HEAD
"""The photos: models, cards, pictures and the view that shows them."""
=======
"""The wall of photos: where they stand, how one is painted, and how one moves among them."""
>>>>>>> w-grid
