"""What kinds of problems there are, what they are called, and which a person must decide."""

from __future__ import annotations

from dataclasses import dataclass

UNRESOLVED = "organization-unresolved"
AMBIGUOUS = "organization-ambiguous"
WITHOUT_UNIT = "clause-without-unit"
ABOUT_NAMES = ("unit-unknown", "unit-out-of-period")
ABOUT_ORGANIZATIONS = (UNRESOLVED, AMBIGUOUS)


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """One kind of problem; where it decides, no plan is confirmed before it is settled."""

    code: str
    title: str
    decides: bool = True


_KINDS = (
    ProblemKind("title-missing", "没有标题", decides=False),
    ProblemKind("number-missing", "没有发文字号", decides=False),
    ProblemKind("date-missing", "没有成文日期", decides=False),
    ProblemKind("issuer-missing", "没有发文机关", decides=False),
    ProblemKind("year-missing", "没有年度", decides=False),
    ProblemKind("duplicate-body", "正文重复", decides=False),
    ProblemKind("character-repaired", "字符修复", decides=False),
    ProblemKind("unit-corrected", "单位名称改正", decides=False),
    ProblemKind("unit-unknown", "名称表中没有的单位"),
    ProblemKind("unit-out-of-period", "当年不用的单位名称"),
    ProblemKind("number-repeated", "编号重复"),
    ProblemKind("number-gap", "编号不连续"),
    ProblemKind("no-assignment", "全文没有责任单位"),
    ProblemKind("item-empty", "条目没有任务"),
    ProblemKind(WITHOUT_UNIT, "没有责任单位"),
    ProblemKind("bracket-unclosed", "括号没有收尾"),
    ProblemKind("bracket-unopened", "括号没有开头"),
    ProblemKind(UNRESOLVED, "单位没有对应"),
    ProblemKind(AMBIGUOUS, "单位不能确定"),
)
KINDS = {kind.code: kind for kind in _KINDS}
INFORMATIVE = tuple(kind.code for kind in _KINDS if not kind.decides)


def kind_of(code: str) -> ProblemKind:
    """Return the kind of a code; one that is not declared must be decided."""
    return KINDS.get(code) or ProblemKind(code, code)
