"""The 49 textual quirks of requirements §4, each on a short invented text of its kind."""

from __future__ import annotations

import pytest

from tests.kernel.plantext.scoring import SHARED, clauses_of, compiled
from zhengpin.kernel.organizations import resolve, split_prefix
from zhengpin.kernel.plantext import Plan, compile_text
from zhengpin.kernel.plantext.model import Clause, Mode, Role
from zhengpin.kernel.text.folding import simplify

HEAD = "2026年示例市打击侵权假冒工作要点\n一、加强治理\n"


def plan_of(body: str) -> Plan:
    plan = compile_text(HEAD + body)
    assert plan.reassemble() == HEAD + body
    return plan


def clauses(body: str) -> list[Clause]:
    return [clause for _, clause in clauses_of(plan_of(body))]


def only(body: str) -> Clause:
    (clause,) = clauses(body)
    return clause


def names(clause: Clause) -> list[str]:
    return [unit.name for unit in clause.units]


def roles(clause: Clause) -> dict[str, str]:
    return {unit.name: unit.role.value for unit in clause.units}


def codes(plan: Plan) -> set[str]:
    return {problem.code for problem in plan.problems}


def test_q01_machine_made_traditional_characters_are_read_and_kept() -> None:
    clause = only(
        "(一)加強監管。加強印刷復制發行監管,凈化市場。(市市場監管委牽頭負責,"
        "市公安局按職責分工負責)"
    )
    assert roles(clause) == {"市市場監管委": "lead", "市公安局": "member"}
    assert clause.text.startswith("加強印刷復制發行監管")


def test_q02_a_body_pasted_twice_is_read_once_and_the_addressees_are_kept() -> None:
    body = (
        HEAD
        + "(一)加强监管。"
        + "依法查处侵权假冒行为。" * 30
        + "(市公安局负责)\n(二)加强宣传。多发信息。(市委宣传部负责)\n"
    )
    plan = compile_text("各区领导小组,各成员单位:\n" + body + body)
    assert [item.no for item in plan.items] == [1, 2]
    assert plan.addressees == ("各区领导小组", "各成员单位")
    assert "duplicate-body" in codes(plan)
    assert plan.reassemble() == "各区领导小组,各成员单位:\n" + body + body


def test_q03_a_middle_dot_that_became_a_question_mark_is_reported_and_kept() -> None:
    plan = plan_of("(一)加强宣传。围绕“4?26”世界知识产权日开展宣传。(市委宣传部负责)")
    assert "4?26" in plan.items[0].clauses[0].text
    (problem,) = [one for one in plan.problems if one.code == "character-repaired"]
    assert problem.line == 3
    assert "4·26" in problem.message


def test_q04_a_doubled_prefix_is_mended_but_not_the_names_that_begin_with_it() -> None:
    clause = only(
        "(一)加强监管。查处案件。(市市委网信办、市市场监管局、市市政园林局按职责分工负责)"
    )
    assert [(unit.name, unit.full) for unit in clause.units] == [
        ("市市委网信办", "市委网信办"),
        ("市市场监管局", "市市场监管局"),
        ("市市政园林局", "市市政园林局"),
    ]


def test_q05_a_paragraph_without_number_belongs_to_the_item_above() -> None:
    read = clauses(
        "(一)加强监管。查处案件。(市公安局负责)\n规范市场。(市商务局负责)\n(二)其他。做好总结。"
        "(市财政局负责)"
    )
    assert [clause.address for clause in read] == ["1.1", "1.2", "2"]


def test_q06_two_role_verbs_with_a_dun_between_them() -> None:
    clause = only("(一)电池。打击假冒电池。(市市场监管委负责、市生态环境局依职责配合)")
    assert roles(clause) == {"市市场监管委": "lead", "市生态环境局": "member"}


def test_q07_by_department_is_by_duty() -> None:
    clause = only("(一)版权。保护版权。(市公安局、市文化和旅游局等按部门分工分别负责)")
    assert clause.mode is Mode.BY_DUTY
    assert clause.open_ended


@pytest.mark.parametrize("words", ["分别牵头", "按职责分工牵头负责", "按职责分工牵头", "牵头"])
def test_q08_q09_q35_several_leads_without_members(words: str) -> None:
    clause = only(f"(一)信用。建设信用体系。(市发展改革委、市市场监管局{words})")
    assert clause.mode is Mode.CO_LEAD
    assert {unit.role for unit in clause.units} == {Role.LEAD}


def test_q10_q45_titles_over_two_lines_are_joined() -> None:
    plan = compile_text(
        "2026年示例市打击侵犯知识产权\n和制售假冒伪劣商品工作要点\n\n一、治理\n(一)监管。查处。"
        "(市公安局负责)"
    )
    assert plan.title == "2026年示例市打击侵犯知识产权和制售假冒伪劣商品工作要点"


def test_q11_the_publicity_mark_is_no_assignment() -> None:
    plan = compile_text(
        "2026年3月2日\n(此件公开发布)\n" + HEAD + "(一)监管。查处案件。(市公安局负责)"
    )
    assert plan.issued_on == "2026-03-02"
    assert len(plan.items) == 1


def test_q12_what_the_file_does_not_say_stays_empty() -> None:
    plan = compile_text(
        "各区人民政府,各企业:\n经市政府同意,印发给你们。\n2026年全市打击侵权假冒工作要点\n"
        "落实《国务院关于加强打击工作的意见》(国发〔2017〕14号)精神。\n一、治理\n(一)监管。"
        "查处案件。(市公安局负责)"
    )
    assert (plan.doc_number, plan.issued_on, plan.issuer, plan.year) == (None, None, None, 2026)
    assert [one.number for one in plan.instruments] == ["国发〔2017〕14号"]
    assert {"number-missing", "date-missing", "issuer-missing"} <= codes(plan)


def test_q13_q14_prefixes_carry_over_dun_and_stop_at_a_comma() -> None:
    clause = only(
        "(一)油品。治理油品。(自治区公安厅、商务厅、高级人民法院,呼和浩特海关、内蒙古国税局、"
        "通信管理局等按职责分工分别负责)"
    )
    assert [unit.full for unit in clause.units] == [
        "自治区公安厅",
        "自治区商务厅",
        "自治区高级人民法院",
        "呼和浩特海关",
        "内蒙古国税局",
        "内蒙古通信管理局",
    ]


def test_q15_q24_blanks_inside_words_are_left_out_and_source_kept() -> None:
    clause = only("(一)检察。适时公布打 击侵权假冒案例。(市检察院负责)")
    assert clause.text == "适时公布打击侵权假冒案例。"


def test_q16_several_clauses_run_on_in_one_line() -> None:
    read = clauses(
        "(一)网络。强化监管。开展行动。(市公安局负责)加强治理。深入开展。(市文旅局负责)"
    )
    assert [clause.text for clause in read] == ["强化监管。开展行动。", "加强治理。深入开展。"]


def test_q17_ordinary_brackets_are_no_assignments() -> None:
    clause = only(
        "(一)网络。加强网际协议地址(IP地址)管理,纳入综治工作(平安建设),查处抗(抑)菌制剂(膏、"
        "霜制剂)和重特大案(事)件,"
        "建设“信用中国(示例)”网站和中国(示例)知识产权保护中心,落实《示例市纲要(2021-2035)》。"
        "(市公安局负责)"
    )
    assert names(clause) == ["市公安局"]
    assert clause.text.endswith("《示例市纲要(2021-2035)》。")


def test_q18_a_class_of_bodies_is_collective() -> None:
    clause = only("(一)交流。各地区要加强交流。(各地区打击侵权假冒工作领导小组负责)")
    assert clause.mode is Mode.SOLE
    assert clause.units[0].collective


def test_q19_q20_breadcrumb_and_footer_are_cut_and_give_no_issuer() -> None:
    plan = compile_text(
        "当前位置:首页 > 工作动态\n\n\u2003\u2003\n  做好2021年上海市打击侵权假冒工作。\n\n一、"
        "治理\n\n(一)监管。各区应根据《2021年上海市打击侵权假冒"
        "工作要点》开展工作。(市公安局负责)\n\n版权与免责声明\n\n"
        "主办单位:全国打击侵权假冒工作\n\n领导小组办公室\n\n网站标识码:bm1\n\n收起"
    )
    assert (plan.issuer, plan.year, plan.region) == (None, 2021, "上海市")
    assert plan.title == "2021年上海市打击侵权假冒工作要点"
    assert [len(item.clauses) for item in plan.items] == [1]


def test_q21_indents_and_blank_lines_are_no_borders() -> None:
    read = clauses(
        "  (一)监管。查处案件,\n\n  严惩犯罪。(市公安局负责)\n\n  (二)宣传。发信息。"
        "(市委宣传部负责)"
    )
    assert [clause.text for clause in read] == ["查处案件,严惩犯罪。", "发信息。"]


def test_q22_a_full_stop_behind_the_bracket_is_no_clause() -> None:
    read = clauses("(一)寄递。开展“蓝网行动”(示例海关负责)。督促寄递企业。(市邮政管理局负责)")
    assert [clause.text for clause in read] == ["开展“蓝网行动”", "督促寄递企业。"]


def test_q23_a_slip_in_the_office_name_is_mended_and_reported() -> None:
    plan = plan_of(
        "(一)考核。开展考核。(市委政法委、市打击侵权假冒工作领导小办公室牵头,各成员单位负责)"
    )
    assert plan.items[0].clauses[0].units[1].full == "市打击侵权假冒工作领导小组办公室"
    assert "unit-corrected" in codes(plan)


def test_q25_q26_open_lists_stay_open_and_make_no_unit() -> None:
    for ending in ("等", "等部门", "等具有办案职能的成员单位", "等有关单位"):
        clause = only(f"(一)销毁。开展销毁。(市公安局、市烟草专卖局{ending}按职责分工负责)")
        assert clause.open_ended
        assert names(clause) == ["市公安局", "市烟草专卖局"]
    clause = only("(一)销毁。开展销毁。(市商务局牵头,领导小组有关成员单位按职责分工负责)")
    assert clause.units[1].collective


def test_q27_ji_parts_units_but_not_ordinary_words() -> None:
    clause = only(
        "(一)培训。查处农机及其配件。"
        "(市打击侵权假冒工作领导小组办公室及领导小组有关成员单位按职责分工负责)"
    )
    assert names(clause) == ["市打击侵权假冒工作领导小组办公室", "领导小组有关成员单位"]
    clause = only("(一)文旅。管好市场。(市文化和旅游局、市工业和信息化局负责)")
    assert names(clause) == ["市文化和旅游局", "市工业和信息化局"]


def test_q28_lead_covers_every_unit_before_it_in_its_comma_group() -> None:
    clause = only("(一)衔接。两法衔接。(市双打办、市检察院牵头,市公安局、市中级法院负责)")
    assert list(roles(clause).values()) == ["lead", "lead", "member", "member"]


@pytest.mark.parametrize(
    ("opening", "closing", "comma"),
    [("(", "）", ","), ("（", ")", "，"), ("（", "）", "，"), ("(", ")", ",")],
)
def test_q29_q31_q37_q44_widths_may_be_mixed(opening: str, closing: str, comma: str) -> None:
    clause = only(f"(一)监管。查处案件。{opening}市商务局牵头{comma}市公安局负责{closing}")
    assert roles(clause) == {"市商务局": "lead", "市公安局": "member"}


def test_q30_page_breaks_inside_words_and_names_are_joined() -> None:
    clause = only(
        "(一)监管。打击制售假药违法\n\n行为。（市委宣传部、市通信\n\n管理局、市市场\n\n"
        "监管局按职责分工负责)"
    )
    assert clause.text == "打击制售假药违法行为。"
    assert names(clause) == ["市委宣传部", "市通信管理局", "市市场监管局"]


def test_q32_item_numbers_of_mixed_width_with_a_blank() -> None:
    plan = plan_of(
        "(一) 监管。查处案件。(市公安局负责)\n（二）宣传。发信息。(市委宣传部负责)\n（ 三 ）"
        "总结。写总结。(市商务局负责)"
    )
    assert [item.no for item in plan.items] == [1, 2, 3]


@pytest.mark.parametrize(
    "written", ["“剑网 2020”专项行动", "“剑网2020”专项行动", "“剑网２０２０”专项行动"]
)
def test_q33_a_campaign_is_named_without_its_blanks(written: str) -> None:
    assert (
        only(f"(一)版权。开展{written}。(市版权局负责)").campaigns[0].replace("２０２０", "2020")
        == "剑网2020"
    )


def test_q34_red_heading_gives_issuer_number_notice_and_title() -> None:
    plan = compile_text(
        "示例市打击侵犯知识产权和制售假冒 伪劣商品工作领导小组\n\n文件\n\n示打假发〔2026〕1号\n\n"
        "示例市打击侵犯知识产权和制售假冒伪劣商品工作领导小组关于印发《2026年示例市打击侵权假冒工作要点》的通知\n\n"
        "各区领导小组：\n\n现将要点印发给你们。\n\n示例市打击侵犯知识产权和制售\n"
        "假冒伪劣商品工作领导小组\n\n2026年3月4日\n\n"
        "2026 年示例市打击侵权假冒工作要点\n\n一、治理\n\n(一)监管。查处案件。(市公安局负责)"
    )
    assert plan.issuer == "示例市打击侵犯知识产权和制售假冒伪劣商品工作领导小组"
    assert plan.doc_number == "示打假发〔2026〕1号"
    assert plan.issued_on == "2026-03-04"
    assert plan.title == "2026年示例市打击侵权假冒工作要点"
    assert plan.notice_title is not None
    assert plan.notice_title.endswith("的通知")
    assert plan.instruments == ()


def test_q38_q40_prose_points_and_brackets_inside_an_office_name() -> None:
    read = clauses(
        "（一）源头治理\n\n一是由区新闻出版（版权）局牵头，公安宝坻分局、区质监局配合，"
        "加强监管。\n\n二是区司法局要指导律师做好工作。"
    )
    assert roles(read[0]) == {
        "区新闻出版（版权）局": "lead",
        "公安宝坻分局": "member",
        "区质监局": "member",
    }
    assert names(read[1]) == ["区司法局"]
    assert read[1].text == "指导律师做好工作。"


def test_q39_a_duty_of_the_leading_group_itself() -> None:
    clause = only("（一）联合执法\n\n针对重点区域，区专项行动领导小组将协调各相关部门统一行动。")
    assert names(clause) == ["区专项行动领导小组"]


@pytest.mark.parametrize("zero", ["○", "〇", "零"])
def test_q41_dates_in_chinese_numerals_with_any_zero(zero: str) -> None:
    plan = compile_text(
        f"二{zero}一{zero}年十一月二十五日\n" + HEAD + "(一)监管。查处案件。(市公安局负责)"
    )
    assert plan.issued_on == "2010-11-25"


def test_q42_date_ranges_with_years_left_out() -> None:
    plan = compile_text(
        "示例区专项行动实施方案\n二○一○年十一月二十五日\n一、工作职责\n（一）监管\n"
        "由区商务委牵头，加强监管。\n二、时间安排\n"
        "（一）动员部署阶段（2010年10月—11月26日）\n各部门制定方案，于26日前部署实施。\n"
        "（二）组织实施阶段（12月11日—2011年2月28日）\n各部门开展行动。\n（三）"
        "总结阶段（2011年3月）\n各部门于2011年3月底前上报。"
    )
    assert [(one.phase, one.first, one.last) for one in plan.timeline] == [
        ("动员部署阶段", "2010-10", "2010-11-26"),
        ("组织实施阶段", "2010-12-11", "2011-02-28"),
        ("总结阶段", "2011-03", "2011-03"),
    ]
    assert [clause.due for item, clause in clauses_of(plan) if item.section == 2] == [
        "于26日前",
        None,
        "于2011年3月底前",
    ]


def test_q43_numbers_that_restart_get_the_chapter_into_their_address() -> None:
    plan = compile_text(
        "示例区实施方案\n一、职责\n（一）监管\n由区商务委牵头，加强监管。\n二、保障\n（一）"
        "领导\n各部门要加强领导。"
    )
    assert plan.numbering.value == "per-section"
    assert [clause.address for _, clause in clauses_of(plan)] == ["1.1", "2.1"]


def test_q46_the_last_item_is_kept_without_a_final_newline() -> None:
    assert names(clauses("(一)一。做事。(市公安局负责)\n(二)二。做事。(市商务局负责）")[-1]) == [
        "市商务局"
    ]


def test_q47_wording_is_kept_verbatim() -> None:
    assert "有案不移" in only("(一)衔接。防止有案不移。(市检察院负责)").text


def test_q48_look_alikes_stay_apart() -> None:
    clause = only("(一)行动。开展“净网行动”“清网”行动和“蓝网行动”。(市公安局负责)")
    assert set(clause.campaigns) == {"净网行动", "清网", "蓝网行动"}


@pytest.mark.parametrize(
    ("name", "year", "function"),
    [
        ("市高级人民法院", 2020, "court"),
        ("市高法院", 2021, "court"),
        ("市机管局", 2021, "government_offices"),
        ("市机关事务局", 2020, "government_offices"),
        ("自治区工商局", 2017, "industry_commerce"),
        ("区物价局", 2010, "price"),
        ("自治区卫生计生委", 2017, "health"),
    ],
)
def test_q49_names_of_their_year_resolve_to_their_function(
    name: str, year: int, function: str
) -> None:
    resolution = resolve(name, year)
    assert resolution.known
    assert resolution.in_period is not False
    assert any(code.startswith(function) for code in resolution.functions), resolution


def test_q36_q49_prefix_and_base_are_told_apart() -> None:
    assert split_prefix("市市场监管委") == ("市", "市场监管委")
    assert split_prefix("市场监管局") == ("", "市场监管局")


PLANS = [
    ("000_2964c569f9bbfa0f.txt", 35, 54),
    ("001_900cdcc3c7c5030f.txt", 25, 41),
    ("002_0b0087d6ff75b3f4.txt", 34, 58),
    ("003_745c7121ae85b8e7.txt", 35, 59),
]


@pytest.mark.parametrize(("name", "items", "assigned"), PLANS)
def test_the_real_plans_have_the_items_and_brackets_that_were_counted_by_hand(
    name: str, items: int, assigned: int
) -> None:
    if not SHARED.is_dir():
        pytest.skip("../shared is absent: the real plans are not measured")
    plan = compiled(SHARED / "plans" / name)
    assert len(plan.items) == items
    assert sum(bool(clause.units) for _, clause in clauses_of(plan)) == assigned
    assert [item.no for item in plan.items] == list(range(1, items + 1))
    known = [
        unit for _, clause in clauses_of(plan) for unit in clause.units if not unit.collective
    ]
    read = {unit.full: resolve(simplify(unit.full), plan.year) for unit in known}
    assert [name for name, one in read.items() if not one.known] == []
    assert [name for name, one in read.items() if one.in_period is False] == []
