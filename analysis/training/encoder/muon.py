"""Muon (Jordan and others, 2024): momentum made orthogonal by a Newton–Schulz iteration, for matrices; and the rate."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import torch

A, B, C = 3.4445, -4.7750, 2.0315  # the quintic's coefficients of the paper


def orthogonal(g: Any, steps: int = 5) -> Any:
    """A matrix near to ``g`` with singular values near to one."""
    x = g.bfloat16() / (g.norm() + 1e-7)
    turned = x.shape[0] > x.shape[1]
    x = x.T if turned else x
    for _ in range(steps):
        gram = x @ x.T
        x = A * x + (B * gram + C * gram @ gram) @ x
    return (x.T if turned else x).float()


class Muon(torch.optim.Optimizer):
    """For hidden matrices only; everything else goes to AdamW."""

    def __init__(self, params: Iterable[Any], lr: float = 0.02, momentum: float = 0.95, decay: float = 0.05) -> None:
        super().__init__(params, {"lr": lr, "momentum": momentum, "decay": decay})

    @torch.no_grad()
    def step(self, closure: Any = None) -> None:  # type: ignore[override]
        """One update of every matrix that has a gradient."""
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is None:
                    continue
                state = self.state[p]
                held = state.setdefault("held", torch.zeros_like(p.grad))
                held.lerp_(p.grad, 1 - group["momentum"])
                ahead = p.grad.lerp(held, group["momentum"])
                parts = 3 if p.shape[0] == 3 * p.shape[1] else 1  # q, k and v are three matrices
                turned = torch.cat([orthogonal(part) for part in ahead.chunk(parts)])
                rate = group["lr"] * max(1.0, p.shape[0] / parts / p.shape[1]) ** 0.5
                p.mul_(1 - group["lr"] * group["decay"])
                p.add_(turned, alpha=-rate)


def rate(step: int, steps: int, warm: int = 200, fall: float = 0.35) -> float:
    """Share of the full learning rate: up over ``warm`` steps, flat, down over the last ``fall``."""
    if step < warm:
        return (step + 1) / warm
    left = (steps - step) / max(1.0, steps * fall)
    return min(1.0, max(left, 0.02))
