"""Whatever the bytes, a document is read or refused: nothing else comes out of the reader."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.kernel.documents.making import (
    PLAN,
    abstract,
    body_xml,
    drawn,
    item,
    level,
    num,
    numbering,
    page,
    paragraphs_html,
    pdf,
    picture,
    png,
    repacked,
    word,
)
from zhengpin.kernel.documents import Document, read_document
from zhengpin.kernel.errors import DocumentRefused

LISTS = numbering(abstract(1, level(0, "chineseCounting", "%1、")) + num(1, 1))
WORD = word(*PLAN, LISTS, body_xml(item("甲") + item("乙")), lambda made: made.add_table(2, 2))
HTML = page(paragraphs_html(PLAN) + "<table><tr><td rowspan=2>甲<td>乙</table>")
FILES = [
    "\n".join(PLAN).encode(),
    "\n".join(PLAN).encode("gb18030"),
    "\n".join(PLAN).encode("utf-16"),
    HTML.encode(),
    HTML.encode("gb18030"),
    WORD,
    pdf(PLAN),
    pdf(PLAN, locked=True),
    drawn(picture),
    drawn(lambda canvas: canvas.drawString(90, 700, PLAN[2])),
    png(),
]
XML = {
    "word_document_xml": b'<w:document xmlns:w="%b"><w:body><w:p><w:r><w:t>x</w:t></w:r></w:p>',
    "word_styles_xml": b'<w:styles xmlns:w="%b"><w:style w:styleId="a"><w:basedOn w:val="a"/>',
    "word_numbering_xml": b'<w:numbering xmlns:w="%b"><w:num w:numId="1"/><w:abstractNum/>',
}
WORD_NAMESPACE = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MAGICS = [
    *(b"%PDF-1.7\n", b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    *(b"{\\rtf1", b"\x89PNG", b"<html>", b"<?xml version='1.0'?>", b"<p>", b"<table><tr><td>"),
    *(b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"MIME-Version: 1.0", b"<div><ol start=x>"),
]
NAMES = st.sampled_from(["a.txt", "a.html", "a.docx", "a.pdf", "", "/", "目录/文件"])
THOROUGH = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read_or_refused(data: bytes, name: str) -> None:
    try:
        document = read_document(data, name)
    except DocumentRefused as refusal:
        sentence = str(refusal)
        assert sentence.endswith("。")
        assert "请" in sentence
        assert "\n" not in sentence
    else:
        assert isinstance(document, Document)
        assert document.text.strip()
        assert document.text.encode("utf-8").decode("utf-8") == document.text


@THOROUGH
@given(st.binary(max_size=300), NAMES)
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    read_or_refused(data, name)


@THOROUGH
@given(st.sampled_from(MAGICS), st.binary(max_size=200), NAMES)
def test_any_bytes_after_the_mark_of_a_format(magic: bytes, data: bytes, name: str) -> None:
    read_or_refused(magic + data, name)


@THOROUGH
@given(st.sampled_from(FILES), st.data(), NAMES)
def test_real_files_cut_and_damaged(file: bytes, data: st.DataObject, name: str) -> None:
    damaged = bytearray(file)
    for _ in range(data.draw(st.integers(0, 4))):
        start = data.draw(st.integers(0, len(damaged)))
        piece = data.draw(st.binary(max_size=6))
        damaged[start : start + data.draw(st.sampled_from([0, 1, 2, len(piece)]))] = piece
    end = data.draw(st.one_of(st.just(len(damaged)), st.integers(0, len(damaged))))
    read_or_refused(bytes(damaged[:end]), name)


@THOROUGH
@given(st.sampled_from(sorted(XML)), st.data())
def test_word_parts_damaged_inside_a_sound_package(part: str, data: st.DataObject) -> None:
    words = st.sampled_from(
        [
            *("<w:p>", "</w:p>", "<w:tbl>", "<w:tr>", "<w:tc>", "<w:lvl w:ilvl='0'>", "x", "甲"),
            *("<w:numPr>", "<w:numId w:val='1'/>", "<w:ilvl w:val='99'/>", "<w:vMerge/>"),
            *("<w:gridSpan w:val='-3'/>", "<w:gridSpan w:val='99999'/>", "<w:tcPr>", "<w:pPr>"),
            *("<w:sym w:char='D800'/>", "<w:sym w:char='FFFFFFF'/>", "<w:t>", "<!--", "&amp;"),
            *("<w:lvlText w:val='%9%0'/>", "<w:start w:val='-5'/>", "<w:numFmt w:val='q'/>"),
            *("<w:abstractNum w:abstractNumId='1'>", "<w:num w:numId='1'>", "<w:txbxContent>"),
        ]
    )
    inside = "".join(data.draw(st.lists(words, max_size=12))).encode()
    root = part.split("_")[1].encode()
    whole = (XML[part] % WORD_NAMESPACE) + inside + b"</w:%b>" % root
    read_or_refused(repacked(WORD, **{part: whole}), "a.docx")


@THOROUGH
@given(st.data())
def test_pages_of_any_tags(data: st.DataObject) -> None:
    tags = st.sampled_from(
        [
            *(
                "<div class='nav'>",
                "</div>",
                "<table>",
                "<tr>",
                "<td rowspan=-1>",
                "<td colspan=9>",
            ),
            *("<td rowspan=99999 colspan=99999>", "<ol type=I start=-4>", "<li value=999999>"),
            *(
                "<h1>",
                "</h1>",
                "<a>",
                "甲，乙。",
                "<br>",
                "<p hidden>",
                "<form>",
                "<title>题目</title>",
            ),
            *("&#xD800;", "&#0;", "&#x10FFFF;", "<pre>\n", "<ruby><rt>", "<script>", "</script>"),
            *("<body>", "<html>", "<head>", "<frameset>", "<svg>", "<select>", "<!--", "-->"),
            *("2024年1月1日", "<article>", "<header>", "</header>", "<caption>", "</table>"),
        ]
    )
    html = "<html><body>" + "".join(data.draw(st.lists(tags, max_size=30)))
    read_or_refused(html.encode(), "a.html")
