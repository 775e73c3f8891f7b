"""Plans in the database, as whoever runs the command line on the installation's machine sees them.

An import is a member's act; to list and to show reads as the operator of the database can.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from zhengpin.kernel.documents.model import MAX_BYTES
from zhengpin.kernel.errors import DocumentRefused, DomainError
from zhengpin.sites.cli import streams
from zhengpin.sites.cli.database import join
from zhengpin.sites.cli.errors import InputRefused

if TYPE_CHECKING:
    from zhengpin.base.access.models import Member
    from zhengpin.base.organizations.models import Region
    from zhengpin.mechanisms.plans.models import Plan

_WIDTH = 100


class NobodyMayImport(DomainError):
    """本地区没有能导入计划的在任人员：请先由管理员设立岗位，或用 --as 写明登录名。"""


class SeveralMayImport(DomainError):
    """本地区有多人能导入计划：请用 --as 写明以谁的岗位导入。"""


class PlanUnknown(DomainError):
    """没有这个编号的计划：请用 zhengpin plan list 查看。"""


def import_file(name: str, code: str, login: str | None) -> None:
    """Compile and import file ``name``; the plan stays in review.

    Raises InputRefused, RegionUnknown, NobodyMayImport, SeveralMayImport, or what plans refuse.
    """
    data = streams.read(name, limit=MAX_BYTES)
    join()
    from django.utils import timezone  # noqa: PLC0415 — after join

    from zhengpin.mechanisms.plans import services  # noqa: PLC0415

    title = "标准输入" if name == streams.STANDARD else streams.shown(Path(name).name)
    region = _region(code)
    member = _importer(region, login)
    try:
        plan = services.import_plan(
            data=data, name=title, organization=member.organization, region=region,
            member=member, now=timezone.now(),
        )  # fmt: skip
    except DocumentRefused as refusal:
        message = f"“{title}”：{refusal}"
        raise InputRefused(message) from refusal
    clauses, problems = plan.clauses.count(), plan.problems.count()
    sys.stdout.write(f"{plan.uuid}\n")
    streams.say(f"已导入《{plan.title or title}》：{clauses} 款，{problems} 处存疑，等待核对。")


def _region(code: str) -> Region:
    from zhengpin.base.organizations import queries  # noqa: PLC0415 — after join
    from zhengpin.base.organizations.errors import RegionUnknown  # noqa: PLC0415

    region = queries.region_of(code)
    if region is None:
        raise RegionUnknown
    return region


def _importer(region: Region, login: str | None) -> Member:
    """Return the one member of the region, or that of ``login``, who may import plans."""
    from django.utils import timezone  # noqa: PLC0415 — after join

    from zhengpin.base.access.models import Member  # noqa: PLC0415
    from zhengpin.mechanisms.plans.duties import IMPORT_PLANS  # noqa: PLC0415

    may = Member.objects.in_force(timezone.localdate()).filter(
        post__organization__region=region, post__duties__contains=[IMPORT_PLANS.code]
    )
    if login is not None:
        may = may.filter(person__login=login.strip().lower())
    found = list(may.select_related("post__organization__region")[:2])
    if not found:
        raise NobodyMayImport
    if len(found) > 1 and login is None:
        raise SeveralMayImport
    return found[0]


def list_plans(*, as_json: bool) -> None:
    join()
    from zhengpin.mechanisms.plans.models import Plan  # noqa: PLC0415 — after join

    found = Plan.objects.select_related("region").order_by("-imported_at")
    rows = [_row(plan) for plan in found.defer("source_text")]
    if as_json:
        streams.write((json.dumps(rows, ensure_ascii=False, indent=2) + "\n").encode(), "-")
        return
    lines = ["  ".join(str(one[key] or "—") for key in _COLUMNS) + "\n" for one in rows]
    streams.write("".join(lines).encode(), streams.STANDARD)


_COLUMNS = ("id", "year", "region", "stage", "title")


def _row(plan: Plan) -> dict[str, object]:
    return {
        "id": str(plan.uuid),
        "title": plan.title,
        "year": plan.year,
        "region": plan.region.code,
        "stage": plan.stage,
        "doc_number": plan.doc_number or None,
        "imported_at": plan.imported_at.isoformat(timespec="seconds"),
    }


def show_plan(identifier: str, *, as_json: bool) -> None:
    """Print a plan with the corrections made. Raises PlanUnknown."""
    join()
    from zhengpin.kernel.plantext.contract import as_contract  # noqa: PLC0415 — after join
    from zhengpin.mechanisms.plans.stored import compiled_plan  # noqa: PLC0415
    from zhengpin.sites.cli.table import View, render  # noqa: PLC0415

    plan = compiled_plan(_plan(identifier))
    if as_json:
        text = json.dumps(as_contract(plan), ensure_ascii=False, indent=2) + "\n"
    else:
        on_screen = streams.is_terminal(sys.stdout)
        width = shutil.get_terminal_size((_WIDTH, 0)).columns if on_screen else _WIDTH
        text = render(plan, View(width=width, on_screen=on_screen))
    streams.write(text.encode("utf-8", "backslashreplace"), streams.STANDARD)


def _plan(identifier: str) -> Plan:
    from zhengpin.mechanisms.plans.models import Plan  # noqa: PLC0415 — after join

    try:
        return Plan.objects.get(uuid=UUID(identifier))
    except (ValueError, Plan.DoesNotExist) as error:
        raise PlanUnknown from error
