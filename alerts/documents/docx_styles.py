"""styles.xml and numbering.xml: every look of the document, by name, so that one edit in Word changes it everywhere."""

from __future__ import annotations

from dataclasses import dataclass

from alerts.documents.docx_words import STYLES as NAMES
from alerts.documents.docx_xml import DECLARATION, NAMESPACES, half, twips
from alerts.documents.nd30_layout import FONT, Layout

DASHES = 1  # numbering instance of all dashed lists; numbered lists have their own, from 2


@dataclass(frozen=True, slots=True)
class Rules:
    """Lengths (mm) of the short lines, which follow the words above them."""

    motto: float
    agency: float
    subject: float


@dataclass(frozen=True, slots=True)
class _Look:
    """One paragraph style. Sizes and gaps in points, indents in millimetres."""

    id: str
    size: float
    bold: bool = False
    italic: bool = False
    side: str = "left"
    before: float = 0
    after: float = 0
    line: str = ""
    left: float = 0
    right: float = 0
    first: float = 0
    keep: bool = False
    level: int = -1  # outline
    base: str = "Normal"
    more: str = ""  # between w:keepLines and w:spacing: numbering, borders, tabs


def styles(layout: Layout, rules: Rules) -> str:
    """The whole part."""
    looks = "".join(_paragraph_style(look) for look in _looks(layout, rules))
    return (
        f"{DECLARATION}<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>{_fonts()}"
        f'<w:color w:val="000000"/><w:sz w:val="{half(layout.body)}"/><w:szCs w:val="{half(layout.body)}"/>'
        '<w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        f"{looks}{_characters(layout)}{_tables()}</w:styles>"
    )


def numbering(numbered_lists: int) -> str:
    """Dashes, and as many numbered lists as the document has, each beginning at 1."""
    each = "".join(
        f'<w:num w:numId="{DASHES + n}"><w:abstractNumId w:val="1"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        for n in range(1, numbered_lists + 1)
    )
    return (
        f"{DECLARATION}<w:numbering {NAMESPACES}>"
        f"{_abstract(0, 'bullet', '-')}{_abstract(1, 'decimal', '%1.')}"
        f'<w:num w:numId="{DASHES}"><w:abstractNumId w:val="0"/></w:num>{each}</w:numbering>'
    )


def _abstract(number: int, form: str, sign: str) -> str:
    return (
        f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0">'
        f'<w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="space"/><w:lvlText w:val="{sign}"/>'
        f'<w:lvlJc w:val="left"/></w:lvl></w:abstractNum>'
    )


def _looks(at: Layout, rules: Rules) -> tuple[_Look, ...]:
    lines = f'w:line="{round(240 * at.spacing)}" w:lineRule="auto"'
    body = {"size": at.body, "side": "both", "after": at.gap, "line": lines, "first": at.indent}
    column = at.text_width - at.head_left
    to_left = 25.0
    dash = to_left + 3.57 * at.body * 25.4 / 72  # the dashes stand under the colon of `Kính gửi:`
    middle, end = twips(at.text_width / 2), twips(at.text_width)
    stops = f'<w:tabs><w:tab w:val="center" w:pos="{middle}"/><w:tab w:val="right" w:pos="{end}"/></w:tabs>'
    dashed = f'<w:numPr><w:numId w:val="{DASHES}"/></w:numPr>'
    heading = {"keep": True, "before": 6, "after": at.gap, "line": lines, "first": at.indent}
    return (
        _Look("NDParent", at.parent, side="center"),
        _Look("NDAgency", at.agency, bold=True, side="center"),
        _Look("NDNation", at.nation, bold=True, side="center"),
        _Look("NDMotto", at.motto, bold=True, side="center"),
        _Look("NDNumber", at.number, side="center", before=6),
        _Look("NDDate", at.date, italic=True, side="center", before=6),
        _Look("NDSubjectLetter", at.subject_letter, side="center", before=at.letter_gap),
        _rule("NDRuleMotto", column, rules.motto),
        _rule("NDRuleAgency", at.head_left, rules.agency),
        _rule("NDRuleSubject", at.text_width, rules.subject),
        _Look("Title", at.kind, bold=True, side="center", before=18, keep=True),
        _Look("Subtitle", at.subject, bold=True, side="center", keep=True),
        _Look("NDTo", at.body, before=14, after=10, side="center", keep=True),
        _Look("NDToMany", at.body, before=14, left=to_left, keep=True),
        _Look("NDToItem", at.body, left=dash + 3, first=-3, keep=True),
        _Look("NDSpace", 2, before=at.gap, line='w:line="40" w:lineRule="exact"'),
        _Look("NDEnd", 2, line='w:line="40" w:lineRule="exact"'),
        _Look("NDBody", **body),  # type: ignore[arg-type]
        _Look("NDBasis", italic=True, **body),  # type: ignore[arg-type]
        _Look("NDCentre", at.body, side="center", after=at.gap, line=lines),
        _Look("NDQuote", at.body, italic=True, side="both", after=at.gap, line=lines, left=at.indent),
        _Look("NDNote", at.note, side="both", after=at.gap, line=lines),
        _Look("NDDash", more=dashed, **body),  # type: ignore[arg-type]
        _Look("NDPoint", **body),  # type: ignore[arg-type]
        _Look("Heading1", at.body, bold=True, level=0, **heading),  # type: ignore[arg-type]
        _Look("Heading2", at.body, bold=True, level=1, **heading),  # type: ignore[arg-type]
        _Look("Heading3", at.body, level=2, **heading),  # type: ignore[arg-type]
        _Look("Caption", at.note, bold=True, side="center", before=6, after=4, keep=True),
        _Look("NDFigure", at.body, side="center", before=6, keep=True),
        _Look("NDFigureCaption", at.note, italic=True, side="center", before=2, after=8),
        _Look("NDCell", at.table, before=2, after=2),
        _Look("NDCellCentre", at.table, side="center", base="NDCell", before=2, after=2),
        _Look("NDCellRight", at.table, side="right", base="NDCell", before=2, after=2),
        _Look("NDCellHead", at.table, bold=True, side="center", base="NDCell", before=2, after=2),
        _Look("NDCopies", at.copies, bold=True, italic=True, before=6),
        _Look("NDCopy", at.copy),
        _Look("NDPost", at.signer, bold=True, side="center", keep=True),
        _Look("NDPostFirst", at.signer, bold=True, side="center", before=6, keep=True),
        _Look("NDName", at.signer, bold=True, side="center", before=at.sign_room),
        _Look("NDAnnex", 14, bold=True, side="center", level=0, keep=True),
        _Look("NDAnnexTitle", 14, bold=True, side="center", keep=True),
        _Look("NDAnnexNote", at.body, italic=True, side="center", after=10, keep=True),
        _Look("Header", at.page_number, more=stops),
        _Look("NDHeaderWide", at.page_number, more=_wide_stops(at)),
    )


def _wide_stops(at: Layout) -> str:
    width = at.height - at.left - at.right
    return (
        f'<w:tabs><w:tab w:val="center" w:pos="{twips(width / 2)}"/>'
        f'<w:tab w:val="right" w:pos="{twips(width)}"/></w:tabs>'
    )


def _rule(id_: str, column: float, length: float) -> _Look:
    """A line is the upper border of an empty paragraph whose indents leave just its length."""
    side = max(0.0, (column - length) / 2)
    border = '<w:pBdr><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>'
    exact = 'w:line="80" w:lineRule="exact"'
    return _Look(id_, 4, before=3, line=exact, left=side, right=side, more=border, keep=True)


def _paragraph_style(look: _Look) -> str:
    gaps = f'<w:spacing w:before="{round(look.before * 20)}" w:after="{round(look.after * 20)}" {look.line}/>'
    hang = f' w:hanging="{twips(-look.first)}"' if look.first < 0 else f' w:firstLine="{twips(look.first)}"'
    indents = f'<w:ind w:left="{twips(look.left)}" w:right="{twips(look.right)}"{hang}/>'
    outline = f'<w:outlineLvl w:val="{look.level}"/>' if look.level >= 0 else ""
    keep = "<w:keepNext/><w:keepLines/>" if look.keep else ""
    bold = "<w:b/><w:bCs/>" if look.bold else ""
    italic = "<w:i/><w:iCs/>" if look.italic else ""
    own = "" if look.id in _BUILT_IN else ' w:customStyle="1"'
    return (
        f'<w:style w:type="paragraph"{own} w:styleId="{look.id}"><w:name w:val="{NAMES[look.id]}"/>'
        f'<w:basedOn w:val="{look.base}"/><w:qFormat/>'
        f'<w:pPr>{keep}{look.more}{gaps}{indents}<w:jc w:val="{look.side}"/>{outline}</w:pPr>'
        f'<w:rPr>{_fonts()}{bold}{italic}<w:sz w:val="{half(look.size)}"/><w:szCs w:val="{half(look.size)}"/></w:rPr>'
        "</w:style>"
    )


_BUILT_IN = frozenset({"Title", "Subtitle", "Heading1", "Heading2", "Heading3", "Caption", "Header"})


def _fonts() -> str:
    # All four, in every style: a heading without its own falls back to the theme's sans.
    return f'<w:rFonts w:ascii="{FONT}" w:eastAsia="{FONT}" w:hAnsi="{FONT}" w:cs="{FONT}"/>'


def _characters(at: Layout) -> str:
    mark = half(at.mark)
    return (
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:semiHidden/></w:style>'
        '<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:qFormat/>'
        "<w:rPr><w:b/><w:bCs/></w:rPr></w:style>"
        '<w:style w:type="character" w:styleId="Emphasis"><w:name w:val="Emphasis"/><w:qFormat/>'
        "<w:rPr><w:i/><w:iCs/></w:rPr></w:style>"
        '<w:style w:type="character" w:customStyle="1" w:styleId="NDStrongEmphasis">'
        f'<w:name w:val="{NAMES["NDStrongEmphasis"]}"/><w:rPr><w:b/><w:bCs/><w:i/><w:iCs/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/></w:style>'
        '<w:style w:type="character" w:customStyle="1" w:styleId="NDMark">'
        f'<w:name w:val="{NAMES["NDMark"]}"/><w:rPr><w:b/><w:bCs/><w:sz w:val="{mark}"/><w:szCs w:val="{mark}"/>'
        '<w:bdr w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:rPr></w:style>'
    )


def _tables() -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in sides)
    return (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="table" w:customStyle="1" w:styleId="NDPlain">'
        f'<w:name w:val="{NAMES["NDPlain"]}"/><w:basedOn w:val="TableNormal"/></w:style>'
        '<w:style w:type="table" w:customStyle="1" w:styleId="NDTable">'
        f'<w:name w:val="{NAMES["NDTable"]}"/><w:basedOn w:val="TableNormal"/><w:tblPr>'
        f"<w:tblBorders>{lines}</w:tblBorders><w:tblCellMar>"
        '<w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:semiHidden/>'
        "</w:style>"
    )
