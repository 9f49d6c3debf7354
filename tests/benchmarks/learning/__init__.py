"""Proof that it learns: a simulated user, the heads side by side, and the time of one correction.

    python -m tests.benchmarks.learning TRAIN VAL [--imagenet FOLDER] [--mobilenet FILE]

prints one JSON object. TRAIN and VAL hold one folder of photos per class. Nothing is chosen by
VAL: it is only judged on.

- `learning_curve`: accuracy on VAL by examples per class, mean and standard deviation over seeds,
  for each head and for three peers as they come out of the box: the nearest mean of normalised
  embeddings (cosine), scikit-learn's GaussianNB and LinearSVC.
- `simulated_user`: photos of TRAIN come in a random order; the user looks at the first answer,
  accepts it if it is right, else rejects it and sets the right tag. The share of right first
  answers so far and in the last 50, and on the way the accuracy on VAL and the expected
  calibration error of first answers there.
- `calibration`: expected calibration error on VAL, by head and by examples a class; and of the
  network's own tags on ImageNet, with its scores taken as they are and as they are now, with the
  share of photos that get a tag by itself and how many of these get the right one.
  (--only certainties does just this.)
- `one_tag`: one class of TRAIN is the user's dog: ten of its photos are named in a library of all
  classes and the ImageNet photos. How many of the others appear, and how many wrong ones.
- `imagetagger`: the set-up of the Android program ImageTagger with the lent MobileNetV2: naive
  Bayes on its embeddings, against our heads, and what its feedback with momentum does.
- `correction`: one changed tag over 100,000 photos, and a million by proportion (measured with
  --million, which needs 2.6 GB of memory).

Embeddings are kept in the temporary folder, so that a second run starts at once.
"""
