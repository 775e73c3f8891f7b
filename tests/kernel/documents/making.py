"""Makes real files for the tests: Word documents, PDFs, web pages, zips."""

from __future__ import annotations

import io
import zipfile
from html import escape
from typing import TYPE_CHECKING, Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))

TITLE = "2024年全市打击侵权假冒工作要点"
PLAN = [
    TITLE,
    "各区人民政府，市政府各部门：",
    "为贯彻落实全国打击侵权假冒工作部署，依法严厉打击侵权假冒违法犯罪，结合本市实际，制定本工作要点。",
    "一、深化重点领域治理",
    (
        "（一）加强互联网领域治理。以食品、药品、化妆品、儿童用品为重点，查办网络销售侵权假冒商品案件。"
        "（市市场监管局牵头，市公安局、市委网信办按职责分工负责）"
    ),
    "（二）加强农村市场治理。开展农资打假专项行动，查处假劣种子、肥料、农药。（市农业农村局负责）",
    "二、加强组织领导",
    "各部门要在2024年12月31日前完成任务，并将总结报送市双打办。",
]
STYLE = ParagraphStyle(
    "body", fontName=FONT, fontSize=16, leading=28, firstLineIndent=32, wordWrap="CJK"
)
CENTRED = ParagraphStyle("title", parent=STYLE, alignment=1, firstLineIndent=0)


def word(*writers: Callable[[Any], object] | str) -> bytes:
    """A Word document: a string is a paragraph, a function writes into the document."""
    document = docx.Document()
    for writer in writers:
        if isinstance(writer, str):
            document.add_paragraph(writer)
        else:
            writer(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def body_xml(xml: str) -> Callable[[Any], object]:
    """A writer of raw WordprocessingML into the body."""

    def write(document: Any) -> None:
        wrapped = parse_xml(f"<w:body {nsdecls('w', 'wp', 'a')} {MORE_NAMES}>{xml}</w:body>")
        section = document.element.body.sectPr
        for element in list(wrapped):
            section.addprevious(element)

    return write


MORE_NAMES = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)


def numbering(xml: str) -> Callable[[Any], object]:
    """A writer that replaces the lists of a document."""

    def write(document: Any) -> None:
        part = document.part.numbering_part.element
        for element in list(part):
            part.remove(element)
        for element in parse_xml(f"<w:numbering {nsdecls('w')} {MORE_NAMES}>{xml}</w:numbering>"):
            part.append(element)

    return write


def level(at: int, form: str, text: str, *, start: int = 1, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(number: int, *levels: str, more: str = "") -> str:
    inside = more + "".join(levels)
    return f'<w:abstractNum w:abstractNumId="{number}">{inside}</w:abstractNum>'


def num(number: int, abstract_number: int, more: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract_number}"/>{more}</w:num>'


def item(text: str, list_id: int = 1, at: int = 0) -> str:
    """A numbered paragraph."""
    place = f'<w:ilvl w:val="{at}"/><w:numId w:val="{list_id}"/>'
    return paragraph(f"<w:pPr><w:numPr>{place}</w:numPr></w:pPr>{run(text)}")


def paragraph(inside: str) -> str:
    return f"<w:p>{inside}</w:p>"


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def pdf(
    paragraphs: Sequence[str],
    *,
    style: ParagraphStyle = STYLE,
    header: str = "",
    footer: str = "- {page} -",
    locked: bool = False,
) -> bytes:
    """A PDF of flowing paragraphs with a header and a page number on every page."""

    def decorate(canvas: Canvas, document: Any) -> None:
        canvas.setFont(FONT, 12)
        if header:
            canvas.drawString(90, A4[1] - 40, header)
        if footer:
            canvas.drawCentredString(A4[0] / 2, 40, footer.format(page=document.page))

    stream = io.BytesIO()
    template = SimpleDocTemplate(stream, pagesize=A4, encrypt="1234" if locked else None)
    first, *others = [escape(text) for text in paragraphs]
    story: list[Flowable] = [Paragraph(first, CENTRED)]
    story += [Paragraph(text, style) for text in others]
    template.build(story, onFirstPage=decorate, onLaterPages=decorate)
    return stream.getvalue()


def drawn(*pages: Callable[[Canvas], object]) -> bytes:
    """A PDF whose pages are drawn by hand."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, pageCompression=0)
    for page in pages:
        canvas.setFont(FONT, 16)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def picture(canvas: Canvas) -> None:
    """A page that is nothing but a picture, as a scanner makes it."""
    canvas.drawImage(ImageReader(io.BytesIO(png())), 0, 0, *A4)


def png() -> bytes:
    from PIL import Image  # noqa: PLC0415 comes with reportlab

    stream = io.BytesIO()
    Image.new("RGB", (40, 60), "white").save(stream, "PNG")
    return stream.getvalue()


def packed(parts: dict[str, bytes]) -> bytes:
    """A zip."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def repacked(data: bytes, **changes: bytes | None) -> bytes:
    """A zip with some parts changed; ``word_document_xml`` stands for word/document.xml."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for key, value in changes.items():
        folder, _, file = key.partition("_")
        name = f"{folder}/{file.replace('_xml', '.xml')}"
        if value is None:
            del parts[name]
        else:
            parts[name] = value
    return packed(parts)


def page(article: str, *, title: str = TITLE, charset: str = "utf-8") -> str:
    """A page of a government site around an article."""
    return f"""<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="{charset}"><title>{title}_某市人民政府</title>
<meta name="ArticleTitle" content="{title}">
<style>.nav {{ color: red }}</style><script>var x = "<p>脚本</p>";</script></head>
<body>
<div class="top-bar"><a href="#">无障碍</a> <a href="#">长者模式</a></div>
<div class="header"><h1 class="logo"><a href="/">某市人民政府</a></h1>
<ul class="nav"><li><a href="/">首页</a></li><li><a href="/zw">政务公开</a></li></ul></div>
<div class="crumbs">您现在的位置：<a href="/">首页</a> &gt; <a href="/zw">政务公开</a></div>
<form id="aspnetForm"><input type="hidden" value="状态">
<div class="main"><div class="article">
<h2 class="title">{title}</h2>
<div class="info">发布时间：2024-03-01　来源：市双打办　浏览次数：12</div>
<div class="share">分享到：<a href="#">微信</a> <a href="#">微博</a></div>
<div class="TRS_Editor">{article}</div>
<div style="display: none">隐藏的说明，不应出现。</div>
<p>上一篇：<a href="#">另一份通知</a></p>
</div>
<div class="sidebar"><h3>相关文章</h3><ul><li><a href="#">某事，某地，某时。</a></li></ul></div>
</div></form>
<div class="bottom"><p>主办单位：某市人民政府办公室　版权所有：某市人民政府</p>
<p>某ICP备05000001号　某公网安备 11000002000001号</p></div>
</body></html>"""


def paragraphs_html(texts: Sequence[str]) -> str:
    return "\n".join(f"<p>　　{escape(text)}</p>" for text in texts)
