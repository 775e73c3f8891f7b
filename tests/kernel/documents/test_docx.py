from __future__ import annotations

from typing import Any

import pytest

from tests.kernel.documents.making import (
    PLAN,
    body_xml,
    packed,
    paragraph,
    repacked,
    run,
    word,
)
from zhengpin.kernel.documents import DocumentKind, errors, read_document

BOX = (
    "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent>"
    f"{paragraph(run('框中文字'))}</w:txbxContent></wps:txbx></w:drawing></mc:Choice>"
    "<mc:Fallback><w:pict><v:textbox><w:txbxContent>"
    f"{paragraph(run('框中文字'))}</w:txbxContent></v:textbox></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
)


def lines(*writers: Any) -> list[str]:
    document = read_document(word(*writers), "a.docx")
    assert (document.kind, document.encoding) == (DocumentKind.DOCX, None)
    return document.text.split("\n")


def xml_lines(xml: str) -> list[str]:
    return lines(body_xml(xml))


def test_paragraphs_come_one_to_a_line() -> None:
    assert lines(*PLAN, "", "  末尾　") == [*PLAN, "末尾"]


def test_paragraphs_and_tables_stand_in_the_order_of_the_document() -> None:
    def table(document: Any) -> None:
        cells = document.add_table(2, 2).rows
        cells[0].cells[0].text, cells[0].cells[1].text = "任务", "牵头单位"
        cells[1].cells[0].text, cells[1].cells[1].text = "查办\n案件", "市公安\t局"

    assert lines("前", table, "后") == ["前", "任务\t牵头单位", "查办 案件\t市公安　局", "后"]


def test_merged_cells_repeat_down_and_stay_empty_across() -> None:
    def table(document: Any) -> None:
        made = document.add_table(3, 3)
        for row in range(3):
            for column in range(3):
                made.cell(row, column).text = f"{row}{column}"
        made.cell(1, 0).text = made.cell(2, 1).text = ""
        made.cell(0, 0).merge(made.cell(1, 0))
        made.cell(2, 0).merge(made.cell(2, 1))

    assert lines(table) == ["00\t01\t02", "00\t11\t12", "20\t\t22"]


def test_a_table_of_one_cell_is_a_frame_around_its_paragraphs() -> None:
    def table(document: Any) -> None:
        cell = document.add_table(1, 1).cell(0, 0)
        cell.text = "一、甲"
        cell.add_paragraph("二、乙")

    assert lines(table) == ["一、甲", "二、乙"]


def test_breaks_are_lines_and_tabs_are_ideographic_spaces() -> None:
    runs = "<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t><w:cr/><w:t>丁</w:t></w:r>"
    assert xml_lines(paragraph(runs)) == ["甲", "乙　丙", "丁"]


def test_inserted_text_is_kept_and_deleted_text_is_not() -> None:
    changed = (
        f"{run('甲')}<w:ins w:id='1' w:author='a'>{run('乙')}</w:ins>"
        "<w:del w:id='2' w:author='a'><w:r><w:delText>丙</w:delText></w:r></w:del>"
        f"<w:moveFrom w:id='3' w:author='a'>{run('丁')}</w:moveFrom>"
        f"<w:moveTo w:id='4' w:author='a'>{run('戊')}</w:moveTo>"
    )
    assert xml_lines(paragraph(changed)) == ["甲乙戊"]


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    mark = "<w:pPr><w:rPr><w:del w:id='1' w:author='a'/></w:rPr></w:pPr>"
    assert xml_lines(paragraph(mark + run("甲")) + paragraph(run("乙"))) == ["甲乙"]
    cells = [f"<w:tc>{paragraph(mark + run(text))}</w:tc>" for text in "丙丁"]
    table = f"<w:tbl><w:tr>{''.join(cells)}</w:tr></w:tbl>"
    assert xml_lines(paragraph(mark + run("甲")) + table) == ["甲", "丙\t丁"]


def test_links_fields_and_content_controls_are_read_through() -> None:
    parts = (
        f"<w:hyperlink>{run('链接')}</w:hyperlink>"
        f"<w:sdt><w:sdtPr><w:alias w:val='别名'/></w:sdtPr><w:sdtContent>{run('控件')}"
        "</w:sdtContent></w:sdt><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r>"
        "<w:instrText>DATE</w:instrText></w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r>"
        f"{run('2024年')}<w:r><w:fldChar w:fldCharType='end'/></w:r>"
        f"<w:smartTag>{run('标记')}</w:smartTag>"
    )
    block = f"<w:sdt><w:sdtContent>{paragraph(run('整段'))}</w:sdtContent></w:sdt>"
    assert xml_lines(paragraph(parts) + block) == ["链接控件2024年标记", "整段"]


def test_hidden_text_is_left_out() -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r>"
    shown = "<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>显</w:t></w:r>"
    assert xml_lines(paragraph(hidden + shown)) == ["显"]


def test_a_text_box_is_read_once() -> None:
    assert xml_lines(paragraph(run("锚") + BOX) + paragraph(run("后"))) == ["锚", "框中文字", "后"]


def test_symbols_and_ruby_and_formulas() -> None:
    parts = (
        "<w:r><w:sym w:font='Wingdings' w:char='F0FE'/></w:r>"
        "<w:r><w:sym w:font='SimSun' w:char='2460'/></w:r>"
        f"<w:r><w:ruby><w:rt>{run('dǎ')}</w:rt><w:rubyBase>{run('打')}</w:rubyBase></w:ruby></w:r>"
        "<m:oMath><m:r><m:t>x+y</m:t></m:r></m:oMath><w:r><w:noBreakHyphen/></w:r>"
    )
    assert xml_lines(paragraph(parts)) == ["□①打x+y-"]


def test_headers_footers_and_comments_are_left_out() -> None:
    def furnish(document: Any) -> None:
        document.sections[0].header.paragraphs[0].text = "页眉"
        document.sections[0].footer.paragraphs[0].text = "页脚"
        document.add_comment(document.paragraphs[0].runs, text="批注")

    assert lines("正文", furnish) == ["正文"]


def test_a_strict_package_is_read_as_well() -> None:
    transitional = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    strict = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    document = (
        b'<w:document xmlns:w="%s"><w:body><w:p><w:r><w:t>\xe7\x94\xb2</w:t></w:r></w:p></w:body>'
        b"</w:document>" % transitional
    ).replace(transitional, strict)
    data = repacked(word("x"), word_document_xml=document)
    assert read_document(data, "a.docx").text == "甲"


def test_an_embedded_document_is_refused_for_its_text_is_missing() -> None:
    with pytest.raises(errors.EmbeddedDocument):
        xml_lines("<w:altChunk/>")


@pytest.mark.parametrize(
    "part",
    [
        b"not xml",
        b"<w:document xmlns:w='urn:x'/>",
        b"",
        b'<!DOCTYPE d [<!ENTITY a "aaaa">]><d>&a;</d>',
        b'<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]><d>&a;</d>',
        None,
    ],
)
def test_a_broken_main_part_is_refused(part: bytes | None) -> None:
    with pytest.raises(errors.CorruptWord):
        read_document(repacked(word("x"), word_document_xml=part), "a.docx")


def test_a_truncated_package_is_refused() -> None:
    with pytest.raises(errors.CorruptWord):
        read_document(word(*PLAN)[:-200], "a.docx")


def test_an_empty_document_is_refused() -> None:
    with pytest.raises(errors.EmptyDocument):
        read_document(word(), "a.docx")


def test_a_missing_styles_or_numbering_part_does_no_harm() -> None:
    data = repacked(word("甲"), word_styles_xml=None, word_numbering_xml=None)
    assert read_document(data, "a.docx").text == "甲"


def test_zip_bombs_are_refused_unopened() -> None:
    parts = {"[Content_Types].xml": b"", "word/document.xml": b"<a/>"}
    huge = {f"word/{number}.bin": bytes(30 * 1024 * 1024) for number in range(7)}
    with pytest.raises(errors.TooComplex):
        read_document(packed(parts | huge), "a.docx")
    with pytest.raises(errors.TooComplex):
        read_document(packed(parts | {"word/0.bin": bytes(30 * 1024 * 1024)}), "a.docx")


def test_deep_nesting_is_refused() -> None:
    ns = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    deep = "<w:sdt><w:sdtContent>" * 5000
    shut = "</w:sdtContent></w:sdt>" * 5000
    part = f"<w:document {ns}><w:body>{deep}{shut}</w:body></w:document>".encode()
    with pytest.raises(errors.TooComplex):
        read_document(repacked(word("x"), word_document_xml=part), "a.docx")


def test_an_encrypted_zip_entry_is_refused() -> None:
    data = bytearray(word("甲"))
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(sign)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(sign, at + 4)
    with pytest.raises(errors.Encrypted):
        read_document(bytes(data), "a.docx")
