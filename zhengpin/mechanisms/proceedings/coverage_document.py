"""The written form of the coverage, as ``docs/coverage.md`` keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhengpin.mechanisms.proceedings.documents import GENERATED

if TYPE_CHECKING:
    from zhengpin.mechanisms.proceedings.coverage import Coverage


def page(found: Coverage) -> str:
    """Return the coverage as Markdown: the domains, the claims, the open rows."""
    lines = [
        GENERATED,
        "",
        "# 要求的覆盖",
        "",
        f"{found.in_words}。",
        "",
        *_table("领域", "已认领", "共"),
        *(
            f"| {one.domain.code} {one.domain.title} | {one.claimed} | {one.total} |"
            for one in found.shares()
        ),
        "",
        "## 已认领",
        "",
        *_table("要求", "内容", "声明"),
        *(
            f"| {one.row.code} | {one.row.title} | {one.declared_as} `{one.declaration}`"
            f"{'，一部分' if one.is_partial else ''} |"
            for one in found.claims
        ),
        "",
        "## 尚未认领",
        "",
        *_table("要求", "内容", "领域", "机制"),
        *(
            f"| {one.code} | {one.title} | {one.domain.code} | {'、'.join(one.mechanisms)} |"
            for one in found.open
        ),
    ]
    return "\n".join(lines) + "\n"


def _table(*titles: str) -> tuple[str, str]:
    return f"| {' | '.join(titles)} |", "|" + "---|" * len(titles)
