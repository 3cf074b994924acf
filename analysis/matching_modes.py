"""What a claim says is allowed, required, forbidden or ended, beside what a statement says.

Only stretches that speak of one thing are set side by side. A report of what one school did is no claim about the
rule: that it broke a rule makes an allegation, never a contradiction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.claim_slots import Fact, Slots
from analysis.claims import Claim
from analysis.matching_facts import cosine, weights
from analysis.matching_rows import equal
from analysis.matching_types import Finding
from analysis.reference_index import Library
from analysis.references import Statement
from lang import claims_cues as cues
from lang.claims_lexicon import GENERIC
from lang.claims_modes import STRONG, Mode
from lang.claims_numbers import Amount
from lang.claims_words import Token

_HEAD = 5  # telling words behind a marker that it is chiefly about
_LINE = 4  # words from which a line may be a rule
_AS_NEAR = 1.05  # how much nearer the opposite must stand than what says the same
_NEED = 0.22  # likeness of two stretches from which their signs are set side by side


@dataclass(frozen=True, slots=True)
class _Word:
    token: Token
    sign: int
    kind: str
    segment: int
    head: bool
    first: bool = True  # the first telling word behind its marker, or without marker
    lead: str = ""  # that first word
    marker: int = -1  # where its marker begins


def _words(slots: Slots) -> list[_Word]:
    """Words with their signs, worked out once for each sentence."""
    if "signs" not in slots.memo:
        slots.memo["signs"] = _signed(slots)
    found: list[_Word] = slots.memo["signs"]
    return found


def _signed(slots: Slots) -> list[_Word]:
    heads: dict[int, int] = {}
    leads: dict[int, str] = {}
    out = []
    willing = {slots.segment_of(t.begin) for t in slots.tokens if t.text == "VOLUNTARY"}
    for token in slots.tokens:
        if token.group or token.text[0].isdigit():
            continue
        sign, kind = slots.sign(token)
        segment = slots.segment_of(token.begin)
        over = [
            m
            for m in slots.modes
            if m.end <= token.end - 1 < m.until or (m.begin >= token.begin and m.end <= token.end)
        ]
        if over and kind in ("neg", "notreq", "forbid") and _spent(slots, over[-1], token):
            sign, kind, over = token.flip, "topic", []  # không thu tiền dạy thêm says nothing of dạy thêm
        if kind == "plain" and any(token.end <= m.begin < slots.span(segment)[1] for m in slots.modes):
            kind = "topic"  # what is spoken of stands before the marker: điện thoại không được mang
        if segment in willing and kind in ("plain", "topic"):
            sign, kind = -1, "notreq"
        head, first = False, not over
        if over and token.text not in GENERIC:
            heads[over[-1].begin] = heads.get(over[-1].begin, 0) + 1
            leads.setdefault(over[-1].begin, token.text)
            head, first = heads[over[-1].begin] <= _HEAD, heads[over[-1].begin] == 1
        head = head or token.flip < 0 or kind == "denied" or segment in willing
        first = first or token.flip < 0 or kind == "denied"
        out.append(
            _Word(
                token,
                sign,
                kind,
                segment,
                head,
                first,
                leads.get(over[-1].begin, "") if over else "",
                over[-1].begin if over else -1,
            )
        )
    return out


def _spent(slots: Slots, marker: Mode, token: Token) -> bool:
    """không thu tiền …, không mất tiền …: the negation bears on paying alone."""
    behind = [t for t in slots.tokens if marker.end <= t.end - 1 < marker.until]
    return bool(behind) and behind[0].text == "PAY" and token.begin > behind[0].begin


def opposed(claim: Claim, rows: Sequence[Statement], library: Library) -> tuple[list[Finding], list[Finding]]:  # noqa: PLR0912
    """(said alike, said the opposite): what a claim negates that the reference negates too; what only one of them does,
    unless another stretch of the reference says the same."""
    if not rows or claim.slots.text.rstrip(' "”').endswith("?"):
        return [], []  # a question states nothing
    mine = _words(claim.slots)
    normative = is_rule(claim.slots)
    whole = library.words_of(rows[0].reference.id)
    against: dict[int, tuple[float, Finding]] = {}
    along: dict[str, float] = {}
    same: list[Finding] = []
    barred: set[int] = set()  # markers of the claim whose negation the reference has too
    for statement in rows:
        if len(statement.slots.tokens) < _LINE and not statement.slots.modes:
            continue  # a line of layout (- Lưu: VT) rules nothing
        theirs = _words(statement.slots)
        for word in mine:
            if word.kind == "topic" or (word.token.text in GENERIC and word.token.text != "PAY"):
                continue
            for other in theirs:
                if other.token.text != word.token.text or not other.sign or not word.sign or other.kind == "topic":
                    continue
                if not word.token.text.isupper() and not (
                    _paired(word, mine, other, theirs) and word.marker >= 0 and other.marker >= 0
                ):
                    continue  # one syllable is no word
                one = _segment_likeness(claim, word, statement, other, library, whole - statement.words)
                if one is None:
                    continue
                likeness, common = one
                rest = len(common)
                if other.sign * word.sign > 0:
                    led = word.first or not other.lead or word.lead == other.lead
                    lesser = word.first and not other.first and other.lead and other.lead != word.lead
                    if lesser and word.sign < 0:
                        likeness *= 0.5  # không được xếp giờ dạy thêm … bears on xếp giờ, not on dạy thêm
                    if word.sign < 0 and likeness >= _NEED and led:
                        barred.add(word.marker)
                        spot, there = (word.token.begin, word.token.end), (other.token.begin, other.token.end)
                        if word.head and other.head and rest:
                            same.append(
                                Finding(
                                    True, "negation", min(1.0, likeness), statement, spot, there, f"{word.token.text}-1"
                                )
                            )
                    if other.kind != "only" or word.kind == "plain":
                        share = 0.7 if word.kind in STRONG and other.kind == "plain" else 1.0
                        along[word.token.text] = max(along.get(word.token.text, 0.0), likeness * share)
                    continue
                if (
                    not (word.head or other.head)
                    or (other.kind == "denied" and not _the_paper(claim.slots, statement.slots))
                    or not _may_oppose(word, other, normative)
                    or likeness < _NEED
                    or rest < (1 if word.token.text.isupper() else 2)
                    or not (
                        word.token.text.isupper()
                        or {word.kind, other.kind} & STRONG
                        or any(t.isupper() for t in common)
                    )
                    or not _one_object(claim.slots, word, statement.slots, other)
                ):
                    continue
                if likeness > against.get(word.token.begin, (0.0, None))[0]:
                    against[word.token.begin] = (likeness, _opposition(word, other, statement, likeness, rest))
    spared = {w.token.begin for w in mine if w.marker in barred}
    kept = [
        (n, f)
        for n, f in against.values()
        if n > along.get(f.value[:-2], 0.0) * _AS_NEAR and not (f.claim_span[0] in spared and f.firm < 2)
    ]
    same.sort(key=lambda f: -f.strength)
    return same[:1], [f for _, f in sorted(kept, key=lambda row: -row[1].strength)][:3]


def _the_paper(mine: Slots, theirs: Slots) -> bool:
    """What was disowned is one paper: another class for teachers is not it, unless its number or a figure says so."""
    if not theirs.documents:
        return True
    if any(a.number == b.number for a in mine.documents for b in theirs.documents):
        return True
    return any(f.kind == g.kind and equal(f, g) for f in mine.facts for g in theirs.facts if not _tiny(f))


def _tiny(fact: Fact) -> bool:
    return isinstance(fact.value, Amount) and fact.value.value < _TINY


_TINY = 10.0  # counts that agree by chance


def _one_object(mine: Slots, word: _Word, theirs: Slots, other: _Word) -> bool:
    """Money is taken for something: what is paid for must be named close by on both sides, and be one thing."""
    if word.token.text != "PAY":
        return True

    def close(slots: Slots, one: _Word) -> set[str]:
        at = next(n for n, t in enumerate(slots.tokens) if t.begin == one.token.begin)
        return {t.text for t in slots.tokens[max(0, at - 5) : at + 7] if t.text not in GENERIC and t.text[0].isalpha()}

    def raised(slots: Slots, one: _Word) -> bool:
        before = [t for t in slots.tokens if t.end <= one.token.begin][-1:]
        payer = any(t.text in ("PARENT", "PUPIL") for t in slots.tokens)
        return bool(before) and slots.low[before[0].begin : before[0].end] in _RAISE and payer

    if raised(mine, word) and raised(theirs, other):
        return True  # huy động cha mẹ đóng góp: who is asked to pay is the object
    return bool((close(mine, word) & close(theirs, other)) - {"PAY"})


_RAISE = frozenset({"huy động", "vận động", "kêu gọi", "yêu cầu"})


def _paired(word: _Word, mine: list[_Word], other: _Word, theirs: list[_Word]) -> bool:
    """Is a neighbour shared too, so that two syllables make one word in both?"""

    def beside(one: _Word, row: list[_Word]) -> set[str]:
        at = row.index(one)
        return {row[i].token.text for i in (at - 1, at + 1) if 0 <= i < len(row)}

    return bool({t for t in beside(word, mine) & beside(other, theirs) if not t.isupper()})


def _opposition(word: _Word, other: _Word, statement: Statement, likeness: float, rest: int) -> Finding:
    strong = {word.kind, other.kind} & STRONG
    kind = "issuer" if other.kind == "denied" and "DEPT" in statement.words else "negation"
    return Finding(
        False, kind, min(1.0, likeness * (1.6 if strong else 1.25)), statement, (word.token.begin, word.token.end),
        (other.token.begin, other.token.end), f"{word.token.text}{word.sign:+d}", firm=len(strong), shared=rest,
    )  # fmt: skip


def is_rule(slots: Slots) -> bool:
    """Does the sentence tell a rule or a plan, and not one case?"""
    return bool(cues.RULE.search(slots.low)) and not cues.INCIDENT.search(slots.low)


def _may_oppose(word: _Word, other: _Word, normative: bool) -> bool:
    kinds = {word.kind, other.kind}
    led = bool(word.lead) and word.lead == other.lead
    if (
        other.kind == "topic"
        or word.kind == "topic"
        or (not led and not ((word.first and word.head) or (other.first and other.head)))
    ):
        return False  # what is allowed or not is the word behind the marker, not the thing it is done with
    if "only" in kinds or "except" in kinds:
        return False
    factual = other.kind in ("denied", "neg", "cease") or (
        other.kind == "plain" and word.kind in ("denied", "neg", "cease")
    )
    if not normative and not (factual and other.kind in ("denied", "neg")):
        return False  # what one school did beside what schools may do
    if kinds in ({"permit", "notreq"}, {"plain", "notreq"}):
        return word.token.text in ("PAY", "RETURN")
    return not (other.kind == "require" and word.kind == "neg" and not normative)


def _segment_likeness(
    claim: Claim, word: _Word, statement: Statement, other: _Word, library: Library, context: frozenset[str]
) -> tuple[float, set[str]] | None:
    """(likeness of the two stretches, other telling words shared); None where groups tell them apart."""
    mine, theirs = claim.slots, statement.slots
    a, own = mine.groups(word.segment)
    b, _ = theirs.groups(other.segment)
    for kind, members in a.items():
        if kind in b and members and b[kind] and not members & (b[kind] | _listed(theirs, other.segment, kind)):
            return None
    del own
    if _excepted(mine, theirs):
        return None
    shared = {
        t for t in claim.slots.words & (statement.slots.words | context)
        if t != word.token.text
        and not t[0].isdigit()
        and t not in GENERIC
        and (t.isupper() or library.idf(t) > 2.0 or ":" in t)
    }  # fmt: skip
    same = any(a.get(kind) and a.get(kind) == b.get(kind) for kind in ("LEVEL", "SECTOR", "NEED"))
    near = (1.25 if same else 1.0) * cosine(
        weights(mine, word.segment, library, claim.context), weights(theirs, other.segment, library, context, 0.3)
    )
    if not word.token.text.isupper():  # one syllable: only what this very sentence shares
        shared &= statement.slots.words
    return near, shared


def _listed(slots: Slots, segment: int, kind: str) -> frozenset[str]:
    """Groups named in the short stretches behind one: cho trẻ mầm non, học sinh phổ thông, học viên."""
    out: set[str] = set()
    for after in range(segment + 1, len(slots.segments)):
        begin, end = slots.span(after)
        inside = [t for t in slots.tokens if begin <= t.begin < end]
        if (
            len(inside) > 6
            or any(t.text[0].isdigit() for t in inside)
            or any(begin <= m.begin < end for m in slots.modes)
        ):
            break
        out.update(n for t in inside if t.group == kind for n in t.text.split(":", 1)[1].split("/"))
    return frozenset(out)


def _excepted(mine: Slots, theirs: Slots) -> bool:
    """The claim names the exception that the statement makes, and says that it is one."""
    except_at = next((m for m in theirs.modes if m.kind == "except"), None)
    if except_at is None:
        return False
    beyond = {t.text for t in theirs.tokens if t.begin >= except_at.end and t.text not in GENERIC}
    return len(beyond & mine.words) >= 2
