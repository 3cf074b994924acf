"""Fine-tuning on all questions at once: ``python -m analysis.training.encoder.finetune --encoder DIR --out DIR``.

One encoder, one linear head a question over the first piece's state and the mean of all. ``--folds`` trains five times
and writes what each said of the items it had not seen (``held.npz``): from these the two stages are weighed against
each other, and the figures of the model card come. Without it, one model of everything is written.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional as fn

from analysis.events import folds, group
from analysis.training.encoder.data import LABELS, Example, Row, batch, examples, read_tokenizer, target
from analysis.training.encoder.model import Encoder, Shape
from analysis.training.encoder.muon import rate
from analysis.training.train import OWN_WEIGHT, read_labels, read_own

TEXT_HEADS = tuple(h for h in LABELS if h != "hp")
SHARE = {"edu": 1.0, "topics": 2.0, "tone": 1.0, "stance": 1.0, "kind": 1.0, "rumour": 1.0, "hp": 1.0}
BATCH = 32


class Judged(nn.Module):
    """Encoder and heads."""

    def __init__(self, encoder: Encoder, dropout: float = 0.15) -> None:
        super().__init__()
        self.encoder = encoder
        self.drop = nn.Dropout(dropout)
        width = encoder.shape.width
        self.heads = nn.ModuleDict({name: nn.Linear(2 * width, len(labels)) for name, labels in LABELS.items()})
        for head in self.heads.values():
            nn.init.normal_(head.weight, std=0.02)
            nn.init.zeros_(head.bias)

    def forward(self, ids: Any, case: Any, segment: Any, kept: Any) -> dict[str, Any]:
        """Head → logits (n, labels)."""
        x = self.encoder(ids, case, segment, kept).float()
        share = kept.float() / kept.sum(1, keepdim=True)
        pooled = self.drop(torch.cat((x[:, 0], (x * share[..., None]).sum(1)), 1))
        return {name: head(pooled) for name, head in self.heads.items()}


def load_encoder(folder: Path) -> Encoder:
    """The pretrained encoder (``encoder.pt``, tensors alone)."""
    held = torch.load(folder / "encoder.pt", weights_only=True)
    encoder = Encoder(Shape(**held["shape"]))
    encoder.load_state_dict(held["encoder"])
    return encoder


def loss_of(said: dict[str, Any], chosen: Sequence[Example], rows: Sequence[Row], weights: Any) -> Any:
    """Weighted mean over heads and items; a reading of place teaches ``hp`` alone, the other all but ``hp``."""
    total = torch.zeros(())
    place = torch.tensor([e.place for e in chosen])
    w = torch.tensor([weights[e.row] for e in chosen], dtype=torch.float32)
    for name, logits in said.items():
        mine = place if name == "hp" else ~place
        if not mine.any():
            continue
        wanted = [target(name, rows[e.row]) for e in chosen]
        if name == "topics":
            each = fn.binary_cross_entropy_with_logits(logits, torch.tensor(wanted), reduction="none").sum(1) / 4
        else:
            each = fn.cross_entropy(logits, torch.tensor(wanted), reduction="none", label_smoothing=0.03)
        total = total + SHARE[name] * (each * w * mine).sum() / len(chosen)
    return total


def train(
    folder: Path, found: Sequence[Example], rows: Sequence[Row], weights: NDArray[np.float64], *,
    epochs: int, seed: int, speed: float = 4e-4, told: str = "",
) -> Judged:  # fmt: skip
    """A model fitted to ``found``; every fifth to tenth step is printed when ``told``."""
    torch.manual_seed(seed)
    model = Judged(load_encoder(folder))
    model.encoder.tokens.weight.requires_grad_(True)
    dice = np.random.default_rng(seed)
    fast = list(model.heads.parameters())
    slow = list(model.encoder.parameters())
    optimiser = torch.optim.AdamW(
        [{"params": slow, "lr": speed}, {"params": fast, "lr": speed * 3}], betas=(0.9, 0.98), weight_decay=0.02
    )
    base = [g["lr"] for g in optimiser.param_groups]
    steps = epochs * -(-len(found) // BATCH)
    step, at = 0, time.monotonic()
    model.train()
    for _ in range(epochs):
        for chosen in _batches(found, dice):
            for part, lr in zip(optimiser.param_groups, base, strict=True):
                part["lr"] = lr * rate(step, steps, warm=80, fall=0.9)
            with torch.autocast("cpu", torch.bfloat16):
                said = model(*_dropped(batch(chosen), dice))
            loss = loss_of({k: v.float() for k, v in said.items()}, chosen, rows, weights)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            step += 1
            if told and step % 100 == 0:
                print(f"{told} {step}/{steps} {loss.item():.3f} {time.monotonic() - at:.0f} s", flush=True)
    return model.eval()


def _dropped(tensors: tuple[Any, ...], dice: Any, share: float = 0.08) -> tuple[Any, ...]:
    """Some pieces hidden (never the first): a small set is learned less by heart."""
    ids, case, segment, kept = tensors
    out = torch.from_numpy(dice.random(ids.shape) < share) & kept & (ids >= 5)
    return ids.masked_fill(out, 3), case, segment, kept  # 3 is [MASK]


def _batches(found: Sequence[Example], dice: Any) -> list[list[Example]]:
    """Shuffled, of about equal length within a batch, so that little is padding."""
    order = dice.permutation(len(found))
    made = []
    for begin in range(0, len(order), BATCH * 16):
        block = sorted(order[begin : begin + BATCH * 16], key=lambda i: len(found[i].pieces.ids))
        made += [[found[i] for i in block[b : b + BATCH]] for b in range(0, len(block), BATCH)]
    return [made[i] for i in dice.permutation(len(made))]


@torch.no_grad()
def predict(model: Judged, found: Sequence[Example]) -> dict[str, NDArray[np.float32]]:
    """Head → logits (n, labels) of every reading, in order."""
    order = sorted(range(len(found)), key=lambda i: len(found[i].pieces.ids))
    out = {name: np.zeros((len(found), len(labels)), np.float32) for name, labels in LABELS.items()}
    for begin in range(0, len(order), 64):
        part = order[begin : begin + 64]
        with torch.autocast("cpu", torch.bfloat16):
            said = model(*batch([found[i] for i in part]))
        for name, logits in said.items():
            out[name][part] = logits.float().numpy()
    return out


def main() -> None:
    """Train five times, or once on everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--encoder", type=Path, required=True, help="encoder.pt and tokenizer.json")
    parser.add_argument("--labels", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--speed", type=float, default=4e-4)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--folds", default="", help="which of the five, as 0,1,2,3,4; nothing: one model of all")
    parser.add_argument("--threads", type=int, default=2)
    chosen = parser.parse_args()
    torch.set_num_threads(chosen.threads)
    chosen.out.mkdir(parents=True, exist_ok=True)
    dev, learnt = read_labels(chosen.labels)
    own = read_own()
    rows = dev + learnt + own
    real = len(dev) + len(learnt)
    numbers = np.concatenate([folds(group(dev + learnt)), np.arange(len(own)) % 5])
    weights = np.where(np.arange(len(rows)) < real, 1.0, OWN_WEIGHT * 2)
    found = examples(rows, read_tokenizer(chosen.encoder))
    if not chosen.folds:
        model = train(chosen.encoder, found, rows, weights, epochs=chosen.epochs, seed=chosen.seed,
                      speed=chosen.speed, told="all")  # fmt: skip
        torch.save({"shape": model.encoder.shape.as_dict(), "model": model.state_dict()}, chosen.out / "judged.pt")
        return
    for fold in map(int, chosen.folds.split(",")):
        inside = [e for e in found if numbers[e.row] != fold]
        held = [e for e in found if numbers[e.row] == fold]
        model = train(chosen.encoder, inside, rows, weights, epochs=chosen.epochs, seed=chosen.seed,
                      speed=chosen.speed, told=f"fold {fold}")  # fmt: skip
        said = predict(model, held)
        np.savez(chosen.out / f"held-{fold}.npz", row=np.array([e.row for e in held]),
                 place=np.array([e.place for e in held]), **said)  # fmt: skip
        _report(fold, held, said, rows, len(dev))


def _report(fold: int, held: Sequence[Example], said: dict[str, Any], rows: Sequence[Row], gold: int) -> None:
    from sklearn.metrics import f1_score

    line = [f"fold {fold}"]
    for name in ("edu", "tone", "stance", "kind", "rumour", "hp"):
        at = [i for i, e in enumerate(held) if e.place == (name == "hp") and e.row < gold]
        wanted = [target(name, rows[held[i].row]) for i in at]
        line.append(f"{name} {f1_score(wanted, said[name][at].argmax(1), average='macro'):.3f}")
    print(" ".join(line), flush=True)


if __name__ == "__main__":
    main()
