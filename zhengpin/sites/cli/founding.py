"""The first administrator, the first organization and the regions, before anybody signs in."""

from __future__ import annotations

import getpass
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from zhengpin.kernel.errors import DomainError
from zhengpin.kernel.organizations import resolve
from zhengpin.kernel.text.folding import simplify
from zhengpin.sites.cli.database import alone, begin
from zhengpin.sites.cli.divisions import Division, divisions_of, with_those_above
from zhengpin.sites.cli.errors import InputRefused

if TYPE_CHECKING:
    from datetime import date

    from zhengpin.base.organizations.models import Region

POST = "系统管理"


class AccountsExist(DomainError):
    """这里已有账户：第一个管理员已经建立，其他账户由管理员在网页上建立。"""


class DemonstrationHere(DomainError):
    """这是演示数据库：请为正式使用另设 ZHENGPIN_HOME 或 DATABASE_URL，演示账户不能转为正式。"""


@dataclass(frozen=True, slots=True)
class Founder:
    """What the command line says of the first administrator; None is asked for."""

    login: str | None
    name: str | None
    organization: str | None
    region: str | None


def create_administrator(founder: Founder, *, is_password_piped: bool) -> None:
    """Make the region, the organization, the account and the post in one transaction.

    Raises AccountsExist, DemonstrationHere, RegionUnknown and what access refuses; nothing is
    then saved.
    """
    begin()
    _require_nobody()
    region = founder.region or _ask("行政区划代码（六位）")
    chain = _known(region)
    sys.stderr.write(f"行政区划：{chain[-1].full_name}\n")
    organization = founder.organization or _ask("单位全称")
    login = founder.login or _ask("登录名")
    name = founder.name or _ask("姓名")
    password = _piped_password() if is_password_piped else _asked_password()
    with alone():
        _found(chain, organization, login=login, name=name, password=password)
    sys.stdout.write(
        f"已建立管理员 {login}（{organization} {POST}）。现在可以运行 zhengpin serve。\n"
    )


def _require_nobody() -> None:
    from zhengpin.base.access.models import Person  # noqa: PLC0415 — after begin

    if Person.objects.filter(is_demonstration=True).exists():
        raise DemonstrationHere
    if Person.objects.exists():
        raise AccountsExist


def _known(code: str) -> list[Division]:
    from zhengpin.base.organizations.errors import RegionUnknown  # noqa: PLC0415 — after begin

    chain = with_those_above(code.strip(), _today())
    if not chain:
        raise RegionUnknown
    return chain


def _found(
    chain: list[Division], organization: str, *, login: str, name: str, password: str
) -> None:
    from django.db import transaction  # noqa: PLC0415 — after begin

    from zhengpin.base.access import duties, services  # noqa: PLC0415
    from zhengpin.base.organizations import services as organizations  # noqa: PLC0415

    now = _now()
    with transaction.atomic():
        _require_nobody()
        regions = [_define(one, now) for one in chain]
        body = organizations.set_up_organization(
            name=organization,
            short_name=organization,
            region=regions[-1],
            functions=resolve(simplify(organization), now.year).functions,
            now=now,
        )
        person = services.open_account(
            login=login, name=name, password=password, organization=body, now=now
        )
        post = services.set_up_post(
            organization=body, title=POST, duties=[duties.ADMINISTER.code], now=now
        )
        services.appoint(person=person, post=post, on=_today(), now=now)


def _define(division: Division, now: datetime) -> Region:
    from zhengpin.base.organizations import services  # noqa: PLC0415 — after begin
    from zhengpin.base.organizations.models import Region  # noqa: PLC0415

    known = Region.objects.filter(code=division.code, full_name=division.full_name).first()
    return known or services.define_region(
        code=division.code, name=division.name, full_name=division.full_name, now=now
    )


def load_regions(province: str) -> None:
    """Enter every division of a province that is in force today. Raises RegionUnknown."""
    begin()
    from django.db import transaction  # noqa: PLC0415 — after begin

    from zhengpin.base.organizations.errors import RegionUnknown  # noqa: PLC0415

    now = _now()
    found = divisions_of(province, _today()) if province.endswith("0000") else []
    if not found or len(province) != 6:
        raise RegionUnknown
    with transaction.atomic():
        for one in found:
            _define(one, now)
    sys.stdout.write(f"{found[0].full_name}：{len(found)} 个行政区划已载入。\n")


def _ask(question: str) -> str:
    if sys.stdin is None or not sys.stdin.isatty():
        message = f"缺少{question}：不在终端上时请用选项写明，见 zhengpin admin create --help。"
        raise InputRefused(message)
    while True:
        sys.stderr.write(f"{question}：")
        sys.stderr.flush()
        line = sys.stdin.readline()
        if not line:
            raise KeyboardInterrupt
        if answer := line.strip():
            return answer


def _piped_password() -> str:
    line = sys.stdin.readline() if sys.stdin else ""
    return line.rstrip("\r\n")


def _asked_password() -> str:
    if sys.stdin is None or not sys.stdin.isatty():
        message = "缺少密码：不在终端上时请用 --password-stdin 从标准输入给出。"
        raise InputRefused(message)
    password = getpass.getpass("密码（至少10个字符）：")
    if getpass.getpass("再输入一次：") != password:
        message = "两次输入的密码不同：没有建立账户。"
        raise InputRefused(message)
    return password


def _now() -> datetime:
    return datetime.now(UTC)


def _today() -> date:
    from django.utils import timezone  # noqa: PLC0415 — after begin

    return timezone.localdate()
