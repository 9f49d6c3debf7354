"""From a file to numbers: decoding, crops, the model catalogue and inference."""
