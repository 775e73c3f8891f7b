"""Reads the text layer of a PDF: its glyphs with their places, from them lines and paragraphs.

Pages that are pictures, and text layers without a usable encoding, are refused: a text with
holes must not look whole.
"""

from __future__ import annotations

import math
from collections import Counter
from contextlib import closing
from ctypes import c_double
from threading import Lock
from typing import TYPE_CHECKING

import pypdfium2
from pypdfium2 import raw

from zhengpin.kernel.documents import errors
from zhengpin.kernel.documents.pages import Glyph, Page, lines_of, without_furniture
from zhengpin.kernel.documents.paragraphs import paragraphs_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ONE_AT_A_TIME = Lock()
"""pdfium keeps global state and must not be called from two threads at once."""

_MAX_PAGES = 3000
_MAX_GLYPHS = 2_000_000
_MAX_FORM_DEPTH = 4
_PICTURE_SHARE = 0.5
_SPARSE_PAGE = 20
_GARBLED_SHARE = 0.1
_QUARTER = math.pi / 2
_ASKEW = 0.2
_NO_EXTENT = 0.001
_LOST = "\ufffd"


def read_pdf(data: bytes) -> str:
    """Return the text of a PDF, one line for each paragraph or heading.

    Raises Encrypted, Scanned, GarbledTextLayer, CorruptPdf and TooComplex.
    """
    try:
        with _ONE_AT_A_TIME, closing(pypdfium2.PdfDocument(data)) as document:
            pages = list(_pages(document))
    except pypdfium2.PdfiumError as error:
        if error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise errors.Encrypted from error
        raise errors.CorruptPdf from error
    _refuse_garbled(pages)
    kept = without_furniture(pages)
    _refuse_pictures(pages, kept)
    return "\n".join(paragraphs_of(kept))


def require_openable(data: bytes) -> None:
    """Raise Encrypted where a PDF asks for a password, CorruptPdf where it cannot be opened."""
    try:
        with _ONE_AT_A_TIME, closing(pypdfium2.PdfDocument(data)):
            return
    except pypdfium2.PdfiumError as error:
        if error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise errors.Encrypted from error
        raise errors.CorruptPdf from error


def _pages(document: pypdfium2.PdfDocument) -> Iterator[Page]:
    if len(document) > _MAX_PAGES:
        raise errors.TooComplex
    total = 0
    for index in range(len(document)):
        with closing(document[index]) as page:
            _give_extent(page)
            with closing(page.get_textpage()) as layer:
                total += layer.count_chars()
                if total > _MAX_GLYPHS:
                    raise errors.TooComplex
                yield _page(page, layer)


def _give_extent(page: pypdfium2.PdfPage) -> None:
    """Keep pdfium from dropping texts it takes for empty, or for the one before drawn twice.

    Where neither the file nor the machine has the font, glyphs have no extent of their own: a
    single character then counts as nothing, and a line as the equal line above it. Stroked text
    has the extent of its stroke; the identity makes pdfium measure it again. In memory only.
    """
    for text in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=_MAX_FORM_DEPTH):
        left, bottom, right, top = text.get_bounds()
        if min(right - left, top - bottom) < _NO_EXTENT:
            raw.FPDFTextObj_SetTextRenderMode(text, raw.FPDF_TEXTRENDERMODE_FILL_STROKE)
            text.transform(pypdfium2.PdfMatrix())


def _page(page: pypdfium2.PdfPage, layer: pypdfium2.PdfTextPage) -> Page:
    turned = [
        (_quarters(raw.FPDFText_GetCharAngle(layer, index)), index)
        for index in range(layer.count_chars())
        if raw.FPDFText_IsGenerated(layer, index) != 1
    ]
    upright = Counter(turns for turns, _ in turned if turns is not None).most_common(1)
    turns = upright[0][0] if upright else 0
    glyphs = [_glyph(layer, index, turns or 0) for its, index in turned if its == turns]
    left, bottom, right, top = _turn_box(page.get_bbox(), turns or 0)
    if not all(map(math.isfinite, (left, bottom, right, top))):
        raise errors.CorruptPdf
    lines = lines_of([glyph for glyph in glyphs if glyph])
    sparse = sum(len(line.text) for line in lines) < _SPARSE_PAGE
    return Page(
        lines=tuple(lines),
        left=left,
        right=right,
        bottom=bottom,
        top=top,
        is_picture=sparse and _picture_share(page) > _PICTURE_SHARE,
    )


def _quarters(angle: float) -> int | None:
    """Return a glyph's clockwise quarter turns, None for one set askew such as a watermark."""
    if not math.isfinite(angle):
        return None
    turns = round(angle / _QUARTER)
    return turns % 4 if abs(angle - turns * _QUARTER) < _ASKEW else None


def _glyph(layer: pypdfium2.PdfTextPage, index: int, turns: int) -> Glyph | None:
    code = raw.FPDFText_GetUnicode(layer, index)
    box = raw.FS_RECTF()
    x, y = c_double(), c_double()
    if not raw.FPDFText_GetLooseCharBox(layer, index, box):
        return None
    raw.FPDFText_GetCharOrigin(layer, index, x, y)
    left, bottom, right, top = _turn_box((box.left, box.bottom, box.right, box.top), turns)
    baseline = _turn(x.value, y.value, turns)[1]
    if not all(map(math.isfinite, (left, bottom, right, top, baseline))):
        return None
    text = chr(code) if 0 < code <= 0x10FFFF else _LOST
    return Glyph(text, left, right, baseline, top - bottom)


def _turn(x: float, y: float, turns: int) -> tuple[float, float]:
    """Turn a point back by clockwise quarter turns, so that text reads from left to right."""
    for _ in range(turns):
        x, y = -y, x
    return x, y


def _turn_box(
    box: tuple[float, float, float, float], turns: int
) -> tuple[float, float, float, float]:
    x1, y1 = _turn(box[0], box[1], turns)
    x2, y2 = _turn(box[2], box[3], turns)
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def _picture_share(page: pypdfium2.PdfPage) -> float:
    """Return how much of a page its pictures cover, overlaps counted twice."""
    pictures = page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=_MAX_FORM_DEPTH)
    boxes = [picture.get_bounds() for picture in pictures]
    covered = sum((right - left) * (top - bottom) for left, bottom, right, top in boxes)
    return float(covered / ((page.get_width() * page.get_height()) or 1.0))


def _refuse_garbled(pages: Sequence[Page]) -> None:
    text = "".join(line.text for page in pages for line in page.lines)
    lost = sum(char == _LOST or "\ue000" <= char <= "\uf8ff" for char in text)
    if lost > _GARBLED_SHARE * len(text):
        raise errors.GarbledTextLayer


def _refuse_pictures(pages: Sequence[Page], kept: Sequence[Page]) -> None:
    pictures = [number for number, page in enumerate(pages, 1) if page.is_picture]
    if len(pictures) == len(pages) or not any(page.lines for page in kept):
        raise errors.Scanned
    if pictures:
        raise errors.Scanned(
            f"这份PDF的第{pictures[0]}页是扫描件，没有可读的文字，请提供带文字层的PDF或Word文件。"
        )
