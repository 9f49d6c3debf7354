"""Photos that Tagwright tagged, as other programs really read them."""
