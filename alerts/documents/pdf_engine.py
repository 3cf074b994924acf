"""The typesetter, shut in: our own template, words as data alone, no file, no package, no network.

typst's markup is code (it can read files and fetch packages); so no text from outside is ever part of a source. It
comes as JSON through ``sys.inputs`` and stays a string. The root is the folder of our own template, packages have none.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alerts.documents import nd30_words as words
from store.errors import InputError

if TYPE_CHECKING:
    import typst

FAMILIES = ("Times New Roman", "Liberation Serif", "Tinos", "TeX Gyre Termes", "FreeSerif")
BUNDLED = "Libertinus Serif"  # within the typesetter: every Vietnamese letter, upright, bold and italic
TEMPLATES = Path(__file__).resolve().parent / "templates"
_NOWHERE = TEMPLATES / "none"
_PROBE = """#set text(font: sys.inputs.font, fallback: false, lang: "vi")
#for weight in ("regular", "bold") { for style in ("normal", "italic") {
  text(weight: weight, style: style, sys.inputs.letters + upper(sys.inputs.letters)) } }"""
_PICTURE = """#set page(width: float(sys.inputs.wide) * 1mm, height: auto, margin: 0pt)
#set text(font: sys.inputs.font)
#image(bytes(sys.inputs.svg), format: "svg", width: 100%)"""


def compile_(source: str, inputs: dict[str, str], **how: Any) -> bytes:
    """One document. Raises :class:`InputError` with the typesetter's own words where it gives up."""
    return _compile(source, inputs, _chosen()[1], **how)


def _compile(source: str, inputs: dict[str, str], fonts: typst.Fonts, **how: Any) -> bytes:
    import typst

    try:
        made = typst.compile(
            source.encode(),
            root=TEMPLATES,
            font_paths=fonts,
            sys_inputs=inputs,
            package_path=_NOWHERE,
            package_cache_path=_NOWHERE,
            **how,
        )
    except typst.TypstError as wrong:
        raise InputError(words.PDF_FAILED.format(why=wrong.message[:300])) from wrong
    assert isinstance(made, bytes)
    return made


def family() -> str:
    """The font family for papers here: Times New Roman or one of its measures that has every Vietnamese letter.

    A name is not enough: Liberation Serif 1 has no letter beyond Latin-1, and stands beside version 2 on many machines.
    :data:`BUNDLED` where there is none.
    """
    return _chosen()[0]


def png(svg: str, wide_mm: float, ppi: float) -> bytes:
    """A picture of a drawing that :func:`alerts.documents.nd30_svg.drawing` has looked through."""
    inputs = {"svg": svg, "wide": f"{wide_mm:.3f}", "font": family()}
    return compile_(_PICTURE, inputs, format="png", ppi=ppi)


def data(value: object) -> str:
    """JSON, the same for the same value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


@cache
def _chosen() -> tuple[str, typst.Fonts]:
    """The family, and the fonts of this machine without the folders of its incomplete copies."""
    import typst

    system = [
        (font.family, Path(font.path).parent) for font in typst.Fonts(include_embedded_fonts=False).fonts() if font.path
    ]
    every = {folder for _, folder in system}
    for name in FAMILIES:
        own = {folder for family, folder in system if family == name}
        for folder in sorted(own):
            # All others help with other scripts; where one of them contains a faulty copy's folder, this one alone.
            for fonts in (_these(every - own | {folder}), _these({folder})):
                if _complete(name, fonts):
                    return name, fonts
    return BUNDLED, _these(every)


def _these(folders: set[Path]) -> typst.Fonts:
    import typst

    return typst.Fonts(include_system_fonts=False, font_paths=[str(folder) for folder in sorted(folders)])


def _complete(name: str, fonts: typst.Fonts) -> bool:
    if name not in fonts.families():
        return False  # an unknown family is silently another one
    try:
        # PDF/A refuses a letter that the font does not have; a plain PDF would print an empty box.
        _compile(_PROBE, {"font": name, "letters": words.EVERY_LETTER}, fonts, pdf_standards="a-2b", timestamp=0)
    except InputError:
        return False
    return True
