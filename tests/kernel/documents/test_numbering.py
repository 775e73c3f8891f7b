from __future__ import annotations

from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tests.kernel.documents.making import (
    abstract,
    body_xml,
    item,
    level,
    num,
    numbering,
    paragraph,
    run,
    word,
)
from zhengpin.kernel.documents import read_document

OFFICIAL = abstract(
    1,
    level(0, "chineseCounting", "%1、"),
    level(1, "chineseCounting", "（%2）"),
    level(2, "decimal", "%3."),
    level(3, "decimal", "（%4）"),
)


def lines(lists: str, body: str, *more: Any) -> list[str]:
    data = word(numbering(lists), *more, body_xml(body))
    return read_document(data, "a.docx").text.split("\n")


def test_the_four_levels_of_an_official_document_are_rendered() -> None:
    body = "".join(
        item(text, at=at)
        for at, text in [
            *((0, "总体要求"), (0, "重点任务"), (1, "互联网治理"), (2, "监测"), (2, "查处")),
            *((3, "甲"), (1, "农村治理"), (2, "农资"), (0, "保障措施"), (1, "组织领导")),
        ]
    )
    assert lines(OFFICIAL + num(1, 1), body) == [
        *("一、总体要求", "二、重点任务", "（一）互联网治理", "1.监测", "2.查处"),
        *("（1）甲", "（二）农村治理", "1.农资", "三、保障措施", "（一）组织领导"),
    ]


def test_a_number_without_punctuation_of_its_own_is_followed_by_a_space() -> None:
    lists = abstract(1, level(0, "chineseCounting", "第%1条"), level(1, "decimal", "%1.%2"))
    body = item("适用范围") + item("定义", at=1) + item("职责", at=1)
    assert lines(lists + num(1, 1), body) == ["第一条 适用范围", "一.1 定义", "一.2 职责"]


def test_lists_begin_at_their_start_and_overrides_begin_anew() -> None:
    lists = abstract(1, level(0, "decimal", "%1.", start=5))
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    body = item("甲") + item("乙") + item("丙", 2) + item("丁", 2) + item("戊")
    got = lines(lists + num(1, 1) + num(2, 1, anew), body)
    assert got == ["5.甲", "6.乙", "1.丙", "2.丁", "3.戊"]


def test_lists_of_one_abstract_list_count_on_and_others_do_not() -> None:
    lists = OFFICIAL + abstract(2, level(0, "decimal", "%1)"))
    body = item("甲") + item("乙", 3) + item("丙", 2)
    assert lines(lists + num(1, 1) + num(2, 1) + num(3, 2), body) == ["一、甲", "1)乙", "二、丙"]


def test_a_level_restarts_only_after_the_level_it_names() -> None:
    def numbers(restart: str) -> list[str]:
        lists = abstract(1, level(0, "decimal", "%1."), level(1, "decimal", "%2)", more=restart))
        body = item("", at=0) + item("甲", at=1) + item("", at=0) + item("乙", at=1)
        return lines(lists + num(1, 1), body)

    assert numbers("") == ["1)甲", "1)乙"]
    assert numbers('<w:lvlRestart w:val="0"/>') == ["1)甲", "2)乙"]


def test_a_deeper_level_used_first_counts_the_levels_above_it() -> None:
    lists = abstract(1, level(0, "decimal", "%1."), level(1, "decimal", "%1.%2."))
    assert lines(lists + num(1, 1), item("甲", at=1) + item("乙")) == ["1.1.甲", "2.乙"]


def test_legal_numbering_writes_digits_for_all_levels() -> None:
    lists = abstract(
        1,
        level(0, "chineseCounting", "第%1章"),
        level(1, "decimal", "%1.%2、", more="<w:isLgl/>"),
    )
    assert lines(lists + num(1, 1), item("总则") + item("范围", at=1)) == [
        "第一章 总则",
        "1.1、范围",
    ]


def test_numbers_come_through_the_style_and_what_it_is_based_on() -> None:
    def style(name: str, inside: str) -> Any:
        xml = f'<w:style {nsdecls("w")} w:type="paragraph" w:styleId="{name}">{inside}</w:style>'
        return parse_xml(xml)

    def styles(document: Any) -> None:
        numbered = '<w:pPr><w:numPr>{}<w:numId w:val="1"/></w:numPr></w:pPr>'
        document.styles.element.append(style("Chapter", numbered.format("")))
        document.styles.element.append(style("Sub", numbered.format('<w:ilvl w:val="1"/>')))
        document.styles.element.append(style("Derived", '<w:basedOn w:val="Chapter"/>'))

    def styled(style: str, text: str, more: str = "") -> str:
        return paragraph(f'<w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{run(text)}')

    without = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    body = (
        styled("Chapter", "甲")
        + styled("Sub", "乙")
        + styled("Derived", "丙")
        + styled("Chapter", "丁", without)
    )
    got = lines(OFFICIAL + num(1, 1), body, styles)
    assert got == ["一、甲", "（一）乙", "二、丙", "丁"]


def test_a_list_may_stand_behind_a_numbering_style() -> None:
    def style(document: Any) -> None:
        document.styles.element.append(
            parse_xml(
                f'<w:style {nsdecls("w")} w:type="numbering" w:styleId="Official"><w:pPr><w:numPr>'
                '<w:numId w:val="7"/></w:numPr></w:pPr></w:style>'
            )
        )

    linked = abstract(2, more='<w:numStyleLink w:val="Official"/>')
    lists = OFFICIAL + linked + num(1, 2) + num(7, 1)
    assert lines(lists, item("甲") + item("乙"), style) == ["一、甲", "二、乙"]


def test_a_format_only_newer_word_knows_has_its_fallback() -> None:
    custom = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><mc:AlternateContent><mc:Choice Requires="w14">'
        '<w:numFmt w:val="custom" w:format="001, 002"/></mc:Choice><mc:Fallback>'
        '<w:numFmt w:val="chineseCounting"/></mc:Fallback></mc:AlternateContent>'
        '<w:lvlText w:val="%1、"/></w:lvl>'
    )
    assert lines(abstract(1, custom) + num(1, 1), item("甲")) == ["一、甲"]


def test_bullets_and_unknown_lists_show_nothing() -> None:
    lists = abstract(1, level(0, "bullet", "\uf0b7"), level(1, "none", "")) + num(1, 1)
    body = item("甲") + item("乙", at=1) + item("丙", 99) + item("丁", at=8)
    assert lines(lists, body) == ["甲", "乙", "丙", "丁"]


def test_deleted_paragraphs_do_not_count() -> None:
    deleted = paragraph(
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:rPr><w:del w:id="1" w:author="a"/>'
        '</w:rPr></w:pPr><w:del w:id="2" w:author="a"><w:r><w:delText>删</w:delText></w:r></w:del>'
    )
    assert lines(OFFICIAL + num(1, 1), item("甲") + deleted + item("乙")) == ["一、甲", "二、乙"]
