"""The linear support vector machine that the tutorials on transfer learning train."""

from __future__ import annotations

from typing import Any, ClassVar

from app.learning.retrained import RetrainedHead, scikit_learn


class LinearSVMHead(RetrainedHead):
    """scikit-learn's LinearSVC (squared hinge, C = 1) on normalised embeddings."""

    kind: ClassVar[str] = "svm"

    def _classifier(self) -> Any:
        return scikit_learn("svm").LinearSVC(C=1.0, random_state=0)
