"""The encoder from the press to the weights that ship, step by step:

``python -m analysis.training.encoder --press PRESS --labels LABELS --work DIR --out analysis/models``

About two and a half hours on two cores (tokenizer 2 min, pretraining 1–1½ h, six fine-tunings 5–8 min each). A step
whose result lies in ``--work`` is not done again, so a run that was broken off goes on. Needs the extra ``train``.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

PACKAGE = "analysis.training.encoder"


def steps(chosen: argparse.Namespace) -> list[tuple[str, list[str], Path]]:
    """(module, arguments, the file that says that it is done), in order."""
    work = chosen.work
    tokens, encoder, held, judged = work / "tokens", work / "encoder", work / "folds", work / "judged"
    labels = ["--labels", str(chosen.labels)]
    tuned = ["--encoder", str(encoder), *labels]
    return [
        ("tokenize", ["--press", str(chosen.press), *labels, "--out", str(tokens)], tokens / "bodies.npy"),
        (
            "pretrain",
            ["--tokens", str(tokens), "--out", str(encoder), "--layers", str(chosen.layers),
             "--width", str(chosen.width), "--steps", str(chosen.steps)],
            encoder / "encoder.pt",
        ),
        *(("finetune", [*tuned, "--folds", str(f), "--out", str(held)], held / f"held-{f}.npz") for f in range(5)),
        ("finetune", [*tuned, "--out", str(judged)], judged / "judged.pt"),
        ("stack", ["--held", str(held), *labels, "--out", str(chosen.out)], work / "stacked"),
        (
            "export",
            ["--model", str(judged), "--tokenizer", str(tokens / "tokenizer.json"), "--out", str(chosen.out)],
            work / "exported",
        ),
    ]  # fmt: skip


def main() -> int:
    """Run what is not done yet; the exit code of the step that failed, else 0."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("press", "labels", "work", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--layers", type=int, default=4)
    parser.add_argument("--width", type=int, default=256)
    parser.add_argument("--steps", type=int, default=2_800)
    chosen = parser.parse_args()
    missing = [name for name in ("torch", "onnx", "onnxscript", "sklearn") if find_spec(name) is None]
    if missing:
        print(f"missing: {', '.join(missing)}; install the extra: .venv/bin/pip install '.[train]'", file=sys.stderr)
        return 2
    chosen.work.mkdir(parents=True, exist_ok=True)
    for module, arguments, done in steps(chosen):
        if done.exists():
            continue
        if module == "finetune":  # it reads the tokenizer beside the encoder
            beside = chosen.work / "encoder" / "tokenizer.json"
            beside.write_bytes((chosen.work / "tokens" / "tokenizer.json").read_bytes())
        print(f"── {module} {' '.join(arguments)}", flush=True)
        command = [sys.executable, "-m", f"{PACKAGE}.{module}", *arguments]
        code = subprocess.run(command, check=False).returncode  # noqa: S603 - our own modules, no shell
        if code:
            return code
        if not done.exists():
            done.touch()
    return 0


if __name__ == "__main__":
    sys.exit(main())
