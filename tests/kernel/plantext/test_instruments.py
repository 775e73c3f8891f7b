"""The instruments a plan cites: where, and which spellings are one."""

from __future__ import annotations

import pytest

from zhengpin.kernel.plantext import compile_text
from zhengpin.kernel.plantext.instruments import (
    citations_of,
    is_only_a_kind,
    issuer_in,
    number_key,
    title_key,
)

HEAD = "2026年示例市打击侵权假冒工作要点\n一、加强治理\n（一）加强监管。"


def cited(body: str, *own: str) -> list[tuple[str | None, str | None]]:
    return [(one.title, one.number) for one in citations_of(HEAD + body, own)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param("商标法", "中华人民共和国商标法", id="a law with and without 中华人民共和国"),
        pytest.param("商标法", "商标法（2019修正）", id="an edition is the same law"),
        pytest.param("商标法", "商标法(2019年修订版)", id="an edition in half-width brackets"),
        pytest.param("邮政业寄递安全监督管理办法", "郵政業寄遞安全監督管理辦法", id="script"),
        pytest.param("关于 加强打击侵权的意见", "关于加强打击侵权的意见", id="blanks"),
        pytest.param("市知识产权纲要(2021-2035)", "市知识产权纲要（2021—2035年）", id="years"),
        pytest.param("加强“互联网＋监管”的意见", "加强「互联网+监管」的意见", id="quotes"),
        pytest.param("关于印发〈打假办法〉的通知", "关于印发《打假办法》的通知", id="nested"),
        pytest.param("关于印发<打假办法>的通知", "关于印发打假办法的通知", id="no marks"),
    ],
)  # fmt: skip
def test_two_spellings_of_a_title_have_one_key(first: str, second: str) -> None:
    assert title_key(first) == title_key(second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param("商标法", "商标法实施条例", id="a law and its regulation"),
        pytest.param("2020年工作要点", "2021年工作要点", id="two years"),
        pytest.param("知识产权纲要(2021-2035)", "知识产权纲要(2008-2020)", id="two spans"),
        pytest.param("打假办法(试行)", "打假办法", id="on trial and in force"),
        pytest.param("打假(侵权)办法", "打假办法", id="a bracket inside"),
    ],
)
def test_two_instruments_have_two_keys(first: str, second: str) -> None:
    assert title_key(first) != title_key(second)


def test_a_treaty_keeps_the_name_of_the_state() -> None:
    assert title_key("中华人民共和国和某国合作办法").startswith("中华人民共和国")


@pytest.mark.parametrize("printed", ["国发〔2017〕14号", "国发[2017]14号", "國發【2017】第14號"])
def test_two_spellings_of_a_number_have_one_key(printed: str) -> None:
    assert number_key(printed) == number_key("国发〔2017〕14号")


class TestCitations:
    @pytest.mark.parametrize(
        ("body", "title"),
        [
            ("落实《关于印发〈假冒（侵权）商品“销毁”办法〉的通知》。",
             "关于印发〈假冒（侵权）商品“销毁”办法〉的通知"),
            ("落实《关于转发《销毁（暂行）办法》的通知》。", "关于转发《销毁（暂行）办法》的通知"),
            ("落实《市知识产权纲要(2021-2035)》。", "市知识产权纲要(2021-2035)"),
            ("落实《市知识产权高质量发展“十四五”规划》。", "市知识产权高质量发展“十四五”规划"),
            ("落实《邮政业寄递⏎安全 监督管理办法》。".replace("⏎", "\n\n"),
             "邮政业寄递安全监督管理办法"),
        ],
    )  # fmt: skip
    def test_do_not_cut_a_title_short(self, body: str, title: str) -> None:
        assert cited(body) == [(title, None)]

    def test_stand_where_the_source_prints_them(self) -> None:
        text = HEAD + "落实《邮政业寄递\n安全监督管理办法》和国办发〔2017〕46号。"
        book, number = citations_of(text)
        assert text[slice(*book.span)] == "《邮政业寄递\n安全监督管理办法》"
        assert text[slice(*number.span)] == "国办发〔2017〕46号"

    def test_take_the_number_behind_a_title(self) -> None:
        assert cited("落实《关于打假的意见》（国发〔2017〕14号）。") == [
            ("关于打假的意见", "国发〔2017〕14号")
        ]

    @pytest.mark.parametrize("before", ["", "根据", "\n为深入贯彻", "严格执行", "加强监管的"])
    def test_leave_the_words_of_the_sentence_before_a_number_out(self, before: str) -> None:
        assert cited(f"{before}国办发〔2017〕46号。") == [(None, "国办发〔2017〕46号")]

    def test_know_two_numbers_joined_by_a_word(self) -> None:
        assert cited("贯彻落实国发〔2017〕14号和国办发〔2017〕46号文件。") == [
            (None, "国发〔2017〕14号"), (None, "国办发〔2017〕46号"),
        ]  # fmt: skip

    def test_read_a_short_name_as_what_it_was_declared_for(self) -> None:
        long = ("关于打假的意见", "国发〔2017〕14号")
        body = "落实《关于打假的意见》（国发〔2017〕14号，以下简称《意见》），对照《意见》检查。"
        assert cited(body) == [long, long, long]

    def test_leave_out_what_the_plan_calls_itself(self) -> None:
        own = "2026年示例市打击侵权假冒工作要点", "示打发〔2026〕1号"
        body = f"《{own[0]}》（{own[1]}，以下简称《要点》）已经同意。落实《要点》。"
        assert cited(body, *own) == []

    def test_of_a_second_copy_are_not_counted(self) -> None:
        body = "\n".join(
            f"（{n}）落实《第{n}号打假办法》，检查市场，严查假冒。" for n in "二三四五六七八"
        )
        assert len(cited("\n" + body)) == len(cited("\n" + body + "\n" + HEAD + "\n" + body))


@pytest.mark.parametrize("title", ["意见", "实施方案", "工作要点", "通知"])
def test_a_bare_kind_says_not_which_instrument(title: str) -> None:
    assert is_only_a_kind(title)
    assert not is_only_a_kind(f"关于打假的{title}")


def test_the_issuer_is_what_the_title_says() -> None:
    assert issuer_in("国务院办公厅关于打击假冒的通知") == "国务院办公厅"
    assert issuer_in("关于强化知识产权保护的意见") == ""


def test_the_plan_and_its_citations_agree() -> None:
    text = (
        HEAD + "落实《关于打假的意见》（国发〔2017〕14号）和国办发〔2017〕46号。（市公安局负责）\n"
    )
    plan = compile_text(text)
    assert {(one.title, one.number) for one in plan.instruments} == set(cited(text[len(HEAD) :]))
