"""The plain peer of the judge: TF-IDF of words and characters with logistic regression (scikit-learn), same folds.

It sees title and lead as one text and nothing else: no gazetteer, no invented items, no rules.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.training.fit import TOPICS
from bench.groups import text_of

Row = dict[str, Any]


def peer(rows: Sequence[Row], gold: int, numbers: NDArray[np.int64]) -> list[dict[str, Any]]:
    """What the peer says of the first ``gold`` rows: ``edu``, ``hp``, ``topics``. About 90 s on one core."""
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import threadpool_limits

    texts = [text_of(r) for r in rows]
    topics = np.array([[t in r["topics"] for t in TOPICS] for r in rows])
    said: list[dict[str, Any]] = [{} for _ in range(gold)]
    with threadpool_limits(1):
        for fold in np.unique(numbers):
            inside = np.flatnonzero(numbers != fold)
            held = [i for i in range(gold) if numbers[i] == fold]
            known, new = _matrices([texts[i] for i in inside], [texts[i] for i in held])
            for kind in ("edu", "hp"):
                model = LogisticRegression(C=8, max_iter=300).fit(known, [rows[i][kind] for i in inside])
                for i, label in zip(held, model.predict(new), strict=True):
                    said[i][kind] = str(label)
            sure = np.zeros((len(held), len(TOPICS)))
            for j in np.flatnonzero(topics[inside].any(axis=0) & ~topics[inside].all(axis=0)):
                model = LogisticRegression(C=8, max_iter=300, class_weight="balanced").fit(known, topics[inside, j])
                sure[:, j] = model.predict_proba(new)[:, 1]
            for i, p in zip(held, sure, strict=True):
                best = [int(j) for j in np.argsort(-p)[:2] if p[j] > 0.5]
                said[i]["topics"] = [TOPICS[j] for j in best] if said[i]["edu"] != "none" else []
    return said


def _matrices(known: Sequence[str], new: Sequence[str]) -> tuple[Any, Any]:
    from scipy.sparse import hstack
    from sklearn.feature_extraction.text import TfidfVectorizer

    makers = (
        TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True, token_pattern=r"\w+"),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=3, sublinear_tf=True, dtype=np.float32),
    )
    both = [(maker.fit_transform(known), maker.transform(new)) for maker in makers]
    return hstack([a for a, _ in both]).tocsr(), hstack([b for _, b in both]).tocsr()
