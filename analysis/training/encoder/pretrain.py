"""Masked-language pretraining on two cores: ``python -m analysis.training.encoder.pretrain --tokens DIR --out DIR``.

Bodies first, then more and more feed items, which is what the judge will read. 30 % of the tokens are hidden at
the beginning and 20 % at the end (less hidden late is what won on 100 million words). Written down every 250 steps,
and taken up again from there.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.nn import functional as fn

from analysis.encoder.own_text import MASK, SPECIAL
from analysis.training.encoder.model import Encoder, Masked, Shape
from analysis.training.encoder.muon import Muon, rate

ROWS = 64  # of 128 tokens a step


def groups(model: Masked) -> tuple[list[Any], list[Any]]:
    """(matrices for Muon, the rest for AdamW)."""
    matrices = [p for p in model.encoder.layers.parameters() if p.ndim == 2]
    seen = {id(p) for p in matrices}
    return matrices, [p for p in model.parameters() if id(p) not in seen]


def hide(rows: Any, share: float, mask: int, size: int, dice: Any) -> tuple[Any, Any, Any]:
    """(ids with holes, flat places of the holes, what stood there)."""
    ids = rows[:, 0].clone()
    flat = ids.view(-1)
    open_ = flat >= len(SPECIAL)
    chosen = (torch.rand(flat.shape, generator=dice) < share) & open_
    places = chosen.nonzero().squeeze(1)
    stood = flat[places].clone()
    luck = torch.rand(places.shape, generator=dice)
    flat[places[luck < 0.8]] = mask
    swapped = places[luck > 0.9]
    flat[swapped] = torch.randint(len(SPECIAL), size, swapped.shape, generator=dice)
    return ids, places, stood


def main() -> None:
    """Train; prints loss and tokens a second."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tokens", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=4_800)
    parser.add_argument("--width", type=int, default=256)
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--stop", type=int, default=0, help="stop after so many steps (to measure)")
    parser.add_argument("--compile", action="store_true")
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(chosen.threads)
    torch.manual_seed(0)
    words = json.loads((chosen.tokens / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    shape = Shape(
        len(words), width=chosen.width, layers=chosen.layers, heads=chosen.width // 64, inner=chosen.width * 11 // 4
    )
    model = Masked(Encoder(shape))
    matrices, others = groups(model)
    optimisers = [Muon(matrices, lr=0.02), torch.optim.AdamW(others, lr=2e-3, betas=(0.9, 0.98), weight_decay=0.01)]
    base = [g["lr"] for o in optimisers for g in o.param_groups]
    items = np.load(chosen.tokens / "items.npy", mmap_mode="r")
    bodies = np.load(chosen.tokens / "bodies.npy", mmap_mode="r")
    place = chosen.out / "state.pt"
    begin = 0
    if place.exists():
        state = torch.load(place, weights_only=True)
        model.load_state_dict(state["model"])
        for o, s in zip(optimisers, state["optimisers"], strict=True):
            o.load_state_dict(s)
        begin = state["step"]
    forward = torch.compile(model) if chosen.compile else model
    told, at, seen = 0.0, time.monotonic(), 0
    for step in range(begin, chosen.steps):
        done = step / chosen.steps
        dice = np.random.default_rng((7, step))
        share = 0.15 if done < 0.4 else 0.35 if done < 0.65 else 0.75  # of feed items in a step
        number = int(ROWS * share)
        # Which rows: by the step alone, so that a run that was broken off goes on with the same ones.
        first = dice.choice(len(items), number, replace=False)
        second = dice.choice(len(bodies), ROWS - number, replace=False)
        rows = torch.from_numpy(np.concatenate([items[np.sort(first)], bodies[np.sort(second)]]).astype(np.int64))
        luck = torch.Generator().manual_seed(step)
        ids, places, stood = hide(rows, 0.3 - 0.1 * done, words[MASK], len(words), luck)
        for group, lr in zip((g for o in optimisers for g in o.param_groups), base, strict=True):
            group["lr"] = lr * rate(step, chosen.steps)
        with torch.autocast("cpu", torch.bfloat16):
            logits = forward(ids, rows[:, 1], rows[:, 2], places)
        loss = fn.cross_entropy(logits.float(), stood)
        for o in optimisers:
            o.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(others, 1.0)
        for o in optimisers:
            o.step()
        told = loss.item() if told == 0.0 else 0.95 * told + 0.05 * loss.item()
        seen += rows[:, 0].numel()
        if step % 25 == 0:
            print(f"{step} loss {told:.3f} {seen / (time.monotonic() - at):.0f} tokens/s", flush=True)
        if (step + 1) % 250 == 0 or step + 1 == chosen.steps:
            kept = {"model": model.state_dict(), "optimisers": [o.state_dict() for o in optimisers], "step": step + 1}
            torch.save(kept, place.with_suffix(".new"))
            place.with_suffix(".new").replace(place)
        if chosen.stop and step + 1 >= chosen.stop:
            break
    torch.save({"shape": shape.as_dict(), "encoder": model.encoder.state_dict()}, chosen.out / "encoder.pt")


if __name__ == "__main__":
    main()
