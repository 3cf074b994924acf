"""Measures of Decree 30/2020/NĐ-CP, Appendix I, in one place: whoever amends the decree's values amends them here.

Lengths in millimetres, sizes and gaps in points. Defaults are the decree's own sample where it gives a range.
"""

from __future__ import annotations

from dataclasses import dataclass

FONT = "Times New Roman"


@dataclass(frozen=True, slots=True)
class Layout:
    """Page, type sizes, gaps."""

    width: float = 210
    height: float = 297
    top: float = 20  # 20-25
    bottom: float = 20  # 20-25
    left: float = 30  # 30-35
    right: float = 15  # 15-20
    header: float = 9  # from the paper's edge to the page number, which stands in the top margin
    head_left: float = 70  # the head's left column; the right one takes the rest

    body: float = 14  # 13-14
    parent: float = 12  # 12-13
    agency: float = 12  # 12-13
    nation: float = 12  # 12-13
    motto: float = 13  # 13-14
    number: float = 13
    date: float = 13  # 13-14
    kind: float = 14  # 13-14
    subject: float = 14  # 13-14
    subject_letter: float = 13  # 12-13, "V/v …" under the number
    signer: float = 14  # 13-14
    copies: float = 12
    copy: float = 11
    mark: float = 13  # 13-14
    page_number: float = 14  # 13-14
    table: float = 12  # custom: the decree leaves tables open
    note: float = 12

    indent: float = 12.7  # first line, 10 or 12.7
    gap: float = 6  # between paragraphs, at least 6 pt
    spacing: float = 1.15  # lines, from single to 1.5
    letter_gap: float = 6  # above "V/v …"
    sign_room: float = 62  # pt between the post and the name

    @property
    def text_width(self) -> float:
        """Between the margins, portrait."""
        return self.width - self.left - self.right


LAYOUT = Layout()
