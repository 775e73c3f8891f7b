"""The law data of the package, checked when the platform starts; each bad row is named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.checks import Error, register

from zhengpin.kernel.calendars import mainland, package_notice_faults
from zhengpin.kernel.errors import DomainError
from zhengpin.kernel.lawdata import (
    LawDataFaulty,
    deadline_table,
    open_points,
    threshold_table,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_HINT = "zhengpin/law 和 kernel/calendars 里的数据有误：按所列规则改正，或者装回原来的版本。"
_READ: tuple[Callable[[], object], ...] = (deadline_table, threshold_table, open_points, mainland)


class LawDataUnsound(DomainError):
    """法律数据有误，平台没有启动。"""


def require_sound() -> None:
    """Raise LawDataUnsound, naming every bad row, unless the package's law data can be read."""
    found = list(faults())
    if found:
        message = f"法律数据有误，平台没有启动：{'；'.join(found)}。{_HINT}"
        raise LawDataUnsound(message)


@register("law")
def law_data(**_options: Any) -> list[Error]:
    """Return one error for each row that cannot be read."""
    return [Error(fault, hint=_HINT, id="lawbase.E001") for fault in faults()]


def faults(read: Sequence[Callable[[], object]] = _READ) -> Iterator[str]:
    """Yield what is wrong with the package's law data, file by file."""
    for load in read:
        try:
            load()
        except LawDataFaulty as faulty:
            yield from (f"{faulty.file}：{fault}" for fault in faulty.faults)
    yield from (f"notices.yaml：{fault}" for fault in package_notice_faults())
