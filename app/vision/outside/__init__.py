"""Networks that others have made: examined, tried, and turned into what Tagwright runs.

kinds        what is it, by its first bytes?
sandbox      all that follows happens in a process of its own
saved_model, keras_file   to TFLite, after a look that nothing in it can run code
flatbuffer, metadata      the TFLite file and what it says about itself
graph        picture, scores, embedding
ranges, trial, pictures   in which numbers it wants colours; does it run?
labels       names of its classes
"""
