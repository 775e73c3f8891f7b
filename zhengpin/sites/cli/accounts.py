"""What the installer does for one account or post: the way in when nobody else has one."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from zhengpin.kernel.errors import DomainError
from zhengpin.sites.cli.database import begin

if TYPE_CHECKING:
    from zhengpin.base.access.models import Person


class PersonUnknown(DomainError):
    """没有这个登录名的账户，请核对。"""


class PostUnknown(DomainError):
    """没有这个单位的这个岗位：请写单位全称和岗位名称，如“示例市市场监督管理局 执法稽查”。"""


def require_second_factor(organization: str, title: str, *, is_required: bool) -> None:
    """Say whether a post requires a second factor. Raises PostUnknown."""
    begin()
    from zhengpin.base.access import services  # noqa: PLC0415 — after begin
    from zhengpin.base.access.models import Post  # noqa: PLC0415

    post = Post.objects.filter(organization__name=organization, title=title).first()
    if post is None:
        raise PostUnknown
    services.require_second_factor(post=post, is_required=is_required, now=datetime.now(UTC))
    sys.stdout.write(f"{post}：{'须两步验证' if is_required else '不再要求两步验证'}。\n")


def forget_second_factor(login: str) -> None:
    """Take a person's codes and passkeys away. Raises PersonUnknown."""
    begin()
    from django.utils import timezone  # noqa: PLC0415 — after begin

    from zhengpin.sites.desk import services  # noqa: PLC0415

    services.forget_factors(person=_person(login), on=timezone.localdate(), now=datetime.now(UTC))
    sys.stdout.write(f"{login} 的动态验证码、通行密钥和恢复码已清除，下次登录后请重新设置。\n")


def link_identity(login: str, subject: str, *, is_linked: bool) -> None:
    """Join an account to an identity, or part them. Raises PersonUnknown, and what that raises."""
    begin()
    from django.utils import timezone  # noqa: PLC0415 — after begin

    from zhengpin.sites.desk import services  # noqa: PLC0415

    change = services.link_identity if is_linked else services.unlink_identity
    change(
        person=_person(login),
        subject=subject,
        on=timezone.localdate(),
        now=datetime.now(UTC),
    )
    sys.stdout.write(f"{login} {'已对应到' if is_linked else '不再对应'}统一身份 {subject}。\n")


def _person(login: str) -> Person:
    from zhengpin.base.access.models import Person  # noqa: PLC0415 — after begin

    person = Person.objects.filter(login=login.strip().lower()).first()
    if person is None:
        raise PersonUnknown
    return person
