"""Training networks: a small one from scratch, or one that is there on other classes.

Everything that trains looks the same from outside: the *core*, a Keras graph with a normalised
image as input and the outputs `embedding` and `scores`, is what is exported; around it, for
training only, come augmentation and dropout.
"""
