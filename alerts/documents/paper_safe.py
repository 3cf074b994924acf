"""A department's template may print fields, loop over them and ask whether one is there: nothing else.

Checked in the parsed template before it ever runs, so that every fault has its line; then run in a sandbox with neither
functions nor files. What a field holds is wrapped in two private characters, so that words from outside never become
a heading, a table or a command (:mod:`alerts.documents.paper_lines` unwraps them).
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from alerts import papers_words as words
from alerts.formats import clean, shorten

if TYPE_CHECKING:
    from jinja2 import Environment, nodes

OPEN, CLOSE = "\ue000", "\ue001"
LONGEST_TEMPLATE, LONGEST_OUTPUT = 64_000, 2_000_000
_LOOP = ("index", "first", "last")
_DEEPEST = 2


class Fault(NamedTuple):
    """What is wrong in which line (from 1), and its cure."""

    line: int
    what: str
    fix: str


class TooLong(ValueError):
    """What came out of a template is longer than any paper."""


def wrapped(value: object) -> str:
    """How a field's words stand in the text that came out: one line, unmistakably not the template's own."""
    text = clean(str(value).replace(OPEN, "").replace(CLOSE, ""))
    return f"{OPEN}{text}{CLOSE}"


def fill(text: str, values: Mapping[str, Any]) -> str:
    """The template with its fields. Raises :class:`TooLong`; only for a template without :func:`faults`."""
    pieces, length = [], 0
    for piece in environment().from_string(_own(text)).generate(dict(values)):
        length += len(piece)
        if length > LONGEST_OUTPUT:
            raise TooLong
        pieces.append(piece)
    return "".join(pieces)


def faults(text: str, kind: str) -> list[Fault]:
    """Everything in it that no template may have."""
    from jinja2 import TemplateSyntaxError

    if len(text) > LONGEST_TEMPLATE:
        return [Fault(1, words.LARGE[0].format(limit=LONGEST_TEMPLATE), words.LARGE[1])]
    try:
        tree = environment().parse(_own(text))
    except TemplateSyntaxError as wrong:
        return [Fault(wrong.lineno, words.SYNTAX[0].format(why=wrong.message), words.SYNTAX[1].format(kind=kind))]
    except RecursionError:
        return [Fault(1, words.SYNTAX[0].format(why="…"), words.SYNTAX[1].format(kind=kind))]
    found = [*_walk(tree, {}, 0), *_wording(text)]
    return found or _uncompiled(text, kind)


def _uncompiled(text: str, kind: str) -> list[Fault]:
    """What only turns up when it is made ready to run: blocks nested past what Python takes, a loop named `loop`."""
    from jinja2 import TemplateSyntaxError

    try:
        environment().from_string(_own(text))
    except TemplateSyntaxError as wrong:
        return [Fault(wrong.lineno, words.SYNTAX[0].format(why=wrong.message), words.SYNTAX[1].format(kind=kind))]
    except (SyntaxError, RecursionError, MemoryError) as wrong:
        why = type(wrong).__name__
        return [Fault(1, words.SYNTAX[0].format(why=why), words.SYNTAX[1].format(kind=kind))]
    return []


@cache
def environment() -> Environment:
    """Without globals, without tests, with one filter of ours."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    made = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, finalize=wrapped, lstrip_blocks=True, keep_trailing_newline=True
    )
    made.globals.clear()
    made.tests.clear()
    made.filters.clear()
    made.filters["gon"] = lambda text, limit=120: shorten(clean(str(text)), max(10, min(int(limit), 2000)))
    return made


def _own(text: str) -> str:
    return text.replace(OPEN, "").replace(CLOSE, "").replace("\r\n", "\n")


def _walk(node: nodes.Node, scope: Mapping[str, tuple[str, ...]], depth: int) -> Iterator[Fault]:
    """``scope``: names of loops around and the parts that their entries have."""
    from jinja2 import nodes

    match node:
        case nodes.For():
            yield from _loop(node, scope, depth)
            return
        case nodes.Output():
            yield from (_list_printed(child) for child in node.nodes if _is_list(child, scope))
        case nodes.Name():
            yield from _name(node, scope)
        case nodes.Getattr():
            yield from _part(node, scope)
            return
        case nodes.Filter() if not _shortens(node):
            yield _refused(node, f"|{node.name}")
        case nodes.Compare() if any(one.op not in ("eq", "ne") for one in node.ops):
            yield _refused(node, "<, >, in")  # texts and lists cannot be ordered: it would fail on the day
        case nodes.CondExpr() if node.expr2 is None:
            yield _refused(node, "… if …")  # without an else it is nothing at all where the answer is no
        case nodes.Template() | nodes.TemplateData() | nodes.Const() | nodes.If() | nodes.Filter():
            pass
        case nodes.Compare() | nodes.Operand() | nodes.And() | nodes.Or() | nodes.Not() | nodes.CondExpr():
            pass
        case _:
            yield _refused(node, type(node).__name__.lower())
            return
    for child in node.iter_child_nodes():
        yield from _walk(child, scope, depth)


def _shortens(node: nodes.Filter) -> bool:
    """`|gon` or `|gon(120)`: the one filter that there is."""
    from jinja2 import nodes

    given = [one.value for one in node.args if isinstance(one, nodes.Const)]
    plain = not (node.kwargs or node.dyn_args or node.dyn_kwargs) and len(given) == len(node.args) <= 1
    return node.name == "gon" and plain and all(type(value) is int for value in given)


def _loop(node: nodes.For, scope: Mapping[str, tuple[str, ...]], depth: int) -> Iterator[Fault]:
    from jinja2 import nodes

    if depth >= _DEEPEST:
        yield Fault(node.lineno, *words.DEEP)
        return
    if node.test is not None or node.recursive or not isinstance(node.target, nodes.Name):
        yield _refused(node, "for … if, recursive, a, b")
        return
    if not isinstance(node.iter, nodes.Name):
        yield _refused(node, "for … in …")
        return
    name = node.iter.name
    if name not in words.LISTS:
        yield from _name(node.iter, scope)
        if name in words.TEXTS or name in scope:
            yield Fault(node.lineno, words.NOT_LIST[0].format(name=name), words.NOT_LIST[1])
        return
    inner = {**scope, node.target.name: words.LISTS[name], "loop": _LOOP}
    for child in (*node.body, *node.else_):
        yield from _walk(child, inner, depth + 1)


def _name(node: nodes.Name, scope: Mapping[str, tuple[str, ...]]) -> Iterator[Fault]:
    known = [*words.TEXTS, *words.LISTS, *scope]
    if node.name in known or node.ctx != "load":
        return
    yield Fault(node.lineno, words.UNKNOWN[0].format(name=node.name), _near(node.name, known, words.UNKNOWN[1]))


def _part(node: nodes.Getattr, scope: Mapping[str, tuple[str, ...]]) -> Iterator[Fault]:
    from jinja2 import nodes

    if not isinstance(node.node, nodes.Name):
        yield _refused(node, node.attr)
        return
    name = node.node.name
    if name not in scope:
        yield from _name(node.node, scope) if name not in (*words.TEXTS, *words.LISTS) else (_refused(node, node.attr),)
    elif node.attr not in scope[name]:
        known = scope[name] or (name,)
        what = words.NO_PART[0].format(name=name, part=node.attr)
        yield Fault(node.lineno, what, _near(node.attr, list(known), words.NO_PART[1]))


def _is_list(node: nodes.Node, scope: Mapping[str, tuple[str, ...]]) -> bool:
    from jinja2 import nodes

    return isinstance(node, nodes.Name) and (node.name in words.LISTS or bool(scope.get(node.name)))


def _list_printed(node: Any) -> Fault:
    return Fault(node.lineno, words.IS_LIST[0].format(name=node.name), words.IS_LIST[1].format(name=node.name))


def _near(name: str, known: list[str], otherwise: str) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    return words.NEAR.format(near=near[0]) if near else otherwise.format(known=", ".join(known))


def _refused(node: nodes.Node, what: str) -> Fault:
    lines = (one.lineno for one in (node, *node.iter_child_nodes()) if one.lineno)
    return Fault(next(lines, 1), words.NOT_ALLOWED[0].format(what=what), words.NOT_ALLOWED[1])


def _wording(text: str) -> Iterator[Fault]:
    for number, line in enumerate(clean_lines(text), 1):
        if found := words.RESERVED.search(line):
            yield Fault(number, words.WORDING[0].format(word=found[0]), words.WORDING[1])


def clean_lines(text: str) -> list[str]:
    """Its lines in NFC, each at its place."""
    return [clean(line) for line in text.split("\n")]
