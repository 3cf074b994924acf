"""When how many outlets had a story: pure, from first-seen times."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Point:
    """From ``at`` (ms UTC) on: how many outlets, their own articles, their reprints."""

    at: int
    outlets: int
    originals: int
    reprints: int


def spread(members: Iterable[tuple[int, str, bool]]) -> tuple[Point, ...]:
    """The curve of (first seen, outlet, is a reprint); a point for each time at which something was seen."""
    points: list[Point] = []
    outlets: set[str] = set()
    own = again = 0
    for at, outlet, reprint in sorted(members):
        outlets.add(outlet)
        own, again = own + (not reprint), again + reprint
        point = Point(at, len(outlets), own, again)
        if points and points[-1].at == at:
            points[-1] = point
        else:
            points.append(point)
    return tuple(points)


def thinned(points: tuple[Point, ...], most: int) -> tuple[Point, ...]:
    """At most ``most`` of them, the first and the last always: those where an outlet came in before the others."""
    if len(points) <= most:
        return points
    steps = [p for p, before in zip(points[1:-1], points, strict=False) if p.outlets > before.outlets]
    rest = [p for p in points[1:-1] if p not in steps]
    kept = sorted([*steps, *rest][: max(0, most - 2)], key=lambda p: p.at)
    return (points[0], *kept, points[-1])


def outline(points: tuple[Point, ...], width: int, height: int) -> str:
    """The outlets' curve as the points of an SVG polyline: a step for each time, from the lower left."""
    first, last = points[0].at, points[-1].at
    most = max(p.outlets for p in points)

    def x(at: int) -> float:
        return width * (at - first) / (last - first) if last > first else width / 2

    drawn, level = [f"0,{height}"], 0
    for point in points:
        for outlets in (level, point.outlets):
            drawn.append(f"{x(point.at):.1f},{height - height * outlets / most:.1f}")
        level = point.outlets
    return " ".join([*drawn, f"{width},{height - height * level / most:.1f}"])
