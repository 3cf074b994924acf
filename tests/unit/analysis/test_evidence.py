"""What is shown beside a tone and a stance: words of the text and the institution, only where something is said."""

from __future__ import annotations

import json

from analysis.linear import Linear
from analysis.places import PlaceMatcher
from analysis.stance import NOTHING, Evidence, EvidenceReader
from config.gazetteer import load_gazetteer
from config.offices import load_offices
from lang.text import fold

TEXT = Linear.load("text")
MATCHER = PlaceMatcher(load_gazetteer())
READER = EvidenceReader(load_offices()[0], TEXT, lambda: {fold(f): i for f, i in TEXT.vocabulary.items()})
TITLE = "Phụ huynh bức xúc vì Trường THCS Bến Cảng thu sai quy định"
LEAD = "Nhiều phụ huynh phản ánh nhà trường không giải thích khoản thu 500.000 đồng."


def read(title: str = TITLE, lead: str = LEAD, body: str = "", **said: object) -> Evidence:
    whole = "\n".join(part for part in (title, lead, body) if part)
    more = {"tone": "neg", "stance": "critical", "language": "vi", "ours": False} | said
    return READER.read((title, lead, whole), MATCHER.find(whole), **more)  # type: ignore[arg-type]


def test_spans_and_target_lie_in_the_text() -> None:
    said, whole = read(), f"{TITLE}\n{LEAD}"
    assert said.name == "Trường THCS Bến Cảng"
    assert said.tone
    assert said.stance
    assert all(whole[s.start : s.end] == s.text for s in (*said.tone, *said.stance))
    assert "bức xúc" in " ".join(s.text for s in said.stance)
    json.dumps(said.target_json() | {"spans": [s.to_json() for s in said.stance]})


def test_a_label_that_says_nothing_needs_no_evidence() -> None:
    assert read(tone="neu", stance="none") == NOTHING
    assert read(stance="none").target is None
    assert read(stance="none").stance == ()
    assert read(tone="neu").tone == ()


def test_out_of_sight_only_the_target_is_said() -> None:
    said = read(spans=False)
    assert (said.tone, said.stance) == ((), ())
    assert said.name == "Trường THCS Bến Cảng"


def test_the_target_may_stand_in_the_body_and_spans_never_do() -> None:
    body = "Chuyện xảy ra ở Trường tiểu học Lá Xanh."
    said = read("Phụ huynh bức xúc vì nhà trường thu sai", "Nhiều người phản ánh.", body)
    assert said.name == "Trường tiểu học Lá Xanh"
    assert all(s.end <= len("Phụ huynh bức xúc vì nhà trường thu sai\nNhiều người phản ánh.") for s in said.stance)


def test_another_tongue_shows_nothing_and_text_without_marks_does() -> None:
    assert read(language="en") == NOTHING
    said = read(fold(TITLE), fold(LEAD), language="vi-plain")
    assert said.stance
    assert all(s.text in f"{fold(TITLE)}\n{fold(LEAD)}" for s in said.stance)


def test_without_offices_schools_are_still_found() -> None:
    reader = EvidenceReader({}, TEXT, dict)
    said = reader.read((TITLE, LEAD, f"{TITLE}\n{LEAD}"), (), tone="neg", stance="critical", language="vi", ours=False)
    assert said.name == "Trường THCS Bến Cảng"
