"""Sequence classifiers through ONNX Runtime: a folder in, labels of ours with probabilities out. Pure, no network."""
