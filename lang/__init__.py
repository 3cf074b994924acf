"""Vietnamese text: a leaf that everybody may import and that imports nothing of ours."""
