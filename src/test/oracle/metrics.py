"""Metrics as scikit-learn and tf_keras compute them, for ClassificationMetricsTest.

Needs numpy, scikit-learn 1.9 and tf_keras 2.18 with TensorFlow 2.18. Run from the repository's root:

    python src/test/oracle/metrics.py > src/test/resources/training/metrics.json
"""

import json
import sys

import numpy as np
import tensorflow as tf
import tf_keras
from sklearn import metrics as sk

EXTRA_THRESHOLDS = [0.25, 0.8]


def figures(labels, probabilities, positive):
    images, classes = probabilities.shape
    one_hot = np.eye(classes, dtype=np.float32)[labels]
    threshold = float(np.float32(1.0 / classes))

    def keras(metric, batch=7):
        for start in range(0, images, batch):
            metric.update_state(one_hot[start : start + batch], probabilities[start : start + batch])
        return float(metric.result())

    truth = (labels == positive).astype(int)
    score = probabilities[:, positive]
    at = []
    for t in EXTRA_THRESHOLDS:
        called = (score > np.float32(t)).astype(int)
        at.append(
            {
                "threshold": t,
                "precision": sk.precision_score(truth, called, zero_division=0),
                "recall": sk.recall_score(truth, called, zero_division=0),
                "f1": sk.f1_score(truth, called, zero_division=0),
                "specificity": sk.recall_score(1 - truth, 1 - called, zero_division=0),
            }
        )
    called = (score > np.float32(threshold)).astype(int)
    both = truth.min() != truth.max()
    return {
        "labels": labels.tolist(),
        "probabilities": [[float(p) for p in row] for row in probabilities],
        "positive": positive,
        "loss": float(
            tf.reduce_mean(
                tf_keras.backend.categorical_crossentropy(
                    tf.constant(one_hot), tf.constant(probabilities)
                )
            )
        ),
        "accuracy": keras(tf_keras.metrics.CategoricalAccuracy()),
        "skAccuracy": sk.accuracy_score(labels, probabilities.argmax(axis=1)),
        "precision": keras(tf_keras.metrics.Precision(thresholds=threshold, class_id=positive)),
        "recall": keras(tf_keras.metrics.Recall(thresholds=threshold, class_id=positive)),
        "f1": sk.f1_score(truth, called, zero_division=0),
        "auc": keras(tf_keras.metrics.AUC()),
        "rocAuc": sk.roc_auc_score(truth, score) if both else None,
        "confusion": sk.confusion_matrix(labels, probabilities.argmax(axis=1), labels=range(classes)).tolist(),
        "atThresholds": at,
    }


def sample(generator, images, classes, sharpness, decimals=None):
    labels = generator.integers(0, classes, images)
    logits = generator.normal(size=(images, classes)) + sharpness * np.eye(classes)[labels]
    odds = np.exp(logits * 2)
    probabilities = odds / odds.sum(axis=1, keepdims=True)
    if decimals is not None:
        probabilities = np.round(probabilities, decimals)
        probabilities[:, -1] = 1 - probabilities[:, :-1].sum(axis=1)
        probabilities = np.clip(probabilities, 0, 1)
    return labels, probabilities.astype(np.float32)


def main():
    generator = np.random.default_rng(20)
    cases = {
        "binary": figures(*sample(generator, 211, 2, 0.8), 1),
        "binary with ties": figures(*sample(generator, 150, 2, 0.5, decimals=1), 1),
        "three classes": figures(*sample(generator, 140, 3, 0.7), 1),
        "three classes with ties": figures(*sample(generator, 90, 3, 0.3, decimals=2), 2),
        "saturated": figures(
            np.array([0, 1, 1, 0]),
            np.array([[1, 0], [0, 1], [1, 0], [0.5, 0.5]], dtype=np.float32),
            1,
        ),
        "one class only": figures(
            np.array([0, 0, 0]), np.array([[0.9, 0.1], [0.4, 0.6], [0.5, 0.5]], dtype=np.float32), 1
        ),
    }
    json.dump(cases, sys.stdout, separators=(",", ":"))
    print()


if __name__ == "__main__":
    main()
