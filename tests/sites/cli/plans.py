"""Small plans built by hand, so that the faces are tested without the compiler."""

from __future__ import annotations

from typing import TypedDict

from zhengpin.kernel.plantext.model import (
    Clause,
    Instrument,
    Item,
    Kind,
    Mode,
    Numbering,
    Phase,
    Piece,
    PieceKind,
    Plan,
    Problem,
    Role,
    Section,
    Source,
    Span,
    Unit,
)

TEXT = "示例市2020年工作要点\n一、深化重点领域治理\n(一)加强网络治理。……\n" * 4


class _Assigned(TypedDict):
    assignment: str
    assignment_span: Span
    mode: Mode
    open_ended: bool
    units: tuple[Unit, ...]


def make_unit(name: str, role: Role = Role.MEMBER, full: str | None = None) -> Unit:
    return Unit(name, full or name, role, collective=name.startswith("各"), span=(0, len(name)))


def assigned(
    assignment: str,
    mode: Mode,
    leads: tuple[str, ...] = (),
    members: tuple[str, ...] = (),
    *,
    open_ended: bool = False,
) -> _Assigned:
    role = Role.SOLE if mode is Mode.SOLE else Role.LEAD
    units = tuple(make_unit(name, role) for name in leads)
    units += tuple(make_unit(name) for name in members)
    return {
        "assignment": assignment,
        "assignment_span": (20, 30),
        "mode": mode,
        "open_ended": open_ended,
        "units": units,
    }


def make_clause(
    address: str = "1",
    text: str = "加强网络市场监管。",
    assignment: _Assigned | None = None,
    *,
    due: str | None = None,
    campaigns: tuple[str, ...] = (),
) -> Clause:
    nobody: dict[str, None] = dict.fromkeys(("assignment", "assignment_span", "mode"))
    if assignment is None:
        return Clause(
            address, text, (10, 20), **nobody, open_ended=False, units=(), campaigns=campaigns,
            due=due,
        )  # fmt: skip
    return Clause(address, text, (10, 20), **assignment, campaigns=campaigns, due=due)


def make_item(
    no: int = 1,
    title: str = "加强网络治理",
    *clauses: Clause,
    section: int = 1,
    kind: Kind = Kind.TASK,
) -> Item:
    return Item(no, section, title, kind, (10, 40), clauses or (make_clause(str(no)),))


def make_plan(
    *items: Item,
    title: str | None = "示例市2020年打击侵权假冒工作要点",
    sections: tuple[Section, ...] = (Section(1, "深化重点领域治理", (14, 60)),),
    problems: tuple[Problem, ...] = (),
    doc_number: str | None = None,
) -> Plan:
    return Plan(
        source=Source("plan.txt", "0" * 64, TEXT),
        title=title,
        notice_title=None,
        issuer=None,
        doc_number=doc_number,
        issued_on="2020-07-16",
        year=2020,
        region="示例市",
        numbering=Numbering.CONTINUOUS,
        addressees=("各区领导小组",),
        sections=sections,
        items=items or (make_item(),),
        campaigns=("剑网2020",),
        instruments=(
            Instrument("关于强化知识产权保护的意见", None),
            Instrument(None, "国发〔2017〕14号"),
        ),
        timeline=(Phase("动员部署", "2010-10", "2010-11-26"),),
        problems=problems,
        pieces=(Piece(PieceKind.BODY, 0, TEXT),),
    )


def full_plan() -> Plan:
    """Return a plan with every kind of assignment, two chapters, and doubts."""
    police = "市公安局"
    return make_plan(
        make_item(
            1,
            "加强网络治理",
            make_clause(
                "1.1",
                "加强网络市场监管,严厉打击在线销售侵权假冒商品。",
                assigned(
                    "市市场监管委、市公安局等按职责\n分工负责",
                    Mode.BY_DUTY,
                    members=("市市场监管委", police),
                    open_ended=True,
                ),
            ),
            make_clause(
                "1.2",
                "开展“剑网2020”专项行动。",
                assigned(
                    "市委宣传部牵头负责,市公安局、市文化和旅游局等按职责分工负责",
                    Mode.LEAD_AND_MEMBERS,
                    ("市委宣传部",),
                    (police, "市文化和旅游局"),
                    open_ended=True,
                ),
                due="2020年11月底前",
                campaigns=("剑网2020",),
            ),
        ),
        make_item(
            2,
            "",
            make_clause(
                "2",
                "公布案例。",
                assigned(
                    "市高级人民法院、市检察院等分别牵头",
                    Mode.CO_LEAD,
                    ("市高级人民法院", "市检察院"),
                    open_ended=True,
                ),
            ),
        ),
        make_item(
            17,
            "加强督导",
            make_clause("17.1", "强化督导检查。", assigned("市公安局负责", Mode.SOLE, (police,))),
            make_clause("17.2", "总结经验。"),
            section=2,
            kind=Kind.SAFEGUARD,
        ),
        sections=(Section(1, "深化重点领域治理", (14, 40)), Section(2, "强化保障", (40, 90))),
        problems=(
            Problem("misprint", 12, "“市市委网信办”疑为“市委网信办”,已按后者处理。"),
            Problem("no_assignment", 20, "17.2 没有写明责任单位。"),
        ),
        doc_number="示打假发〔2020〕1号",
    )
