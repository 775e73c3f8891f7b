"""``zhengpin coverage``: the rows of the requirements that declarations claim, and the others."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from zhengpin.sites.cli import streams

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from zhengpin.mechanisms.proceedings.coverage import Coverage
    from zhengpin.sites.cli.commands import Commands


def add_parser(commands: Commands) -> None:
    showing = commands.add_parser(
        "coverage",
        help="哪些要求已有声明认领，哪些还没有",
        description="按领域列出要求：哪些行已有声明认领、由哪个声明认领，哪些还没有。"
        "只读声明，不用数据库。",
    )
    showing.add_argument("--json", action="store_true", help="输出 JSON")
    showing.set_defaults(run=_show)


def _show(options: argparse.Namespace) -> None:
    from zhengpin.measures.declarations import read_all  # noqa: PLC0415 — loaded when asked for
    from zhengpin.mechanisms.proceedings.coverage import coverage  # noqa: PLC0415 — as above

    read_all()
    found = coverage()
    if options.json:
        text = json.dumps(_as_json(found), ensure_ascii=False, indent=2)
    else:
        text = "\n".join(_in_words(found))
    streams.write(f"{text}\n".encode(), streams.STANDARD)


def _as_json(found: Coverage) -> dict[str, Any]:
    return {
        "rows": found.total,
        "claimed": found.claimed,
        "partly": found.partly,
        "by_domain": {
            one.domain.code: {
                "title": one.domain.title,
                "rows": one.total,
                "claimed": one.claimed,
            }
            for one in found.shares()
        },
        "claims": [
            {
                "row": one.row.code,
                "title": one.row.title,
                "declaration": one.declaration,
                "declared_as": one.declared_as,
                "partly": one.is_partial,
            }
            for one in found.claims
        ],
        "open": [{"row": one.code, "title": one.title} for one in found.open],
    }


def _in_words(found: Coverage) -> Iterator[str]:
    """Yield the domains, the claims and the open rows; what lines up stands before the words."""
    yield found.in_words
    yield ""
    yield "领域   已认领 / 共"
    for share in found.shares():
        yield f"{share.domain.code}  {share.claimed:>3} / {share.total:<3}  {share.domain.title}"
    yield ""
    yield "已认领"
    width = max((len(one.declaration) for one in found.claims), default=0)
    for claim in found.claims:
        part = "，一部分" if claim.is_partial else ""
        said = f"{claim.row.title}（{claim.declared_as}{part}）"
        yield f"{claim.row.code}  {claim.declaration:<{width}}  {said}"
    yield ""
    yield "尚未认领"
    yield from (f"{one.code}  {one.title}" for one in found.open)
