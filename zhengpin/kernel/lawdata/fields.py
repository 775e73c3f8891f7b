"""Reads the fields of one YAML entry and notes each fault instead of stopping at the first."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Collection
    from enum import StrEnum

Choice = TypeVar("Choice", bound="StrEnum")
NEVER = date(1, 1, 1)


@lru_cache(maxsize=4)
def document(name: str) -> dict[str, Any]:
    """Return the parsed YAML file ``name`` of ``zhengpin/law``."""
    import yaml  # noqa: PLC0415 (only when the law is asked for)

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = resources.files("zhengpin.law").joinpath(name).read_text(encoding="utf-8")
    parsed: dict[str, Any] = yaml.load(text, Loader=loader)  # noqa: S506 (the safe loader in C)
    return parsed


class Fields:
    """One entry of a file; a wrong field becomes a fault ``where：what``."""

    def __init__(self, entry: object, where: str, faults: list[str]) -> None:
        self._entry: dict[str, Any] = entry if isinstance(entry, dict) else {}
        self.where = where
        self._faults = faults
        if not isinstance(entry, dict):
            self.fault("不是一组字段")

    def fault(self, sentence: str) -> None:
        self._faults.append(f"{self.where}：{sentence}")

    def only(self, known: Collection[str]) -> None:
        """Note every field that nobody reads: a slip in a name would lose what it says."""
        for name in self._entry:
            if name not in known:
                self.fault(f"不认识的字段 {name}")

    def raw(self, name: str) -> Any:
        return self._entry.get(name)

    def entries(self, name: str) -> list[Any]:
        value = self._entry.get(name)
        if value is None or isinstance(value, list):
            return value or []
        self.fault(f"{name} 不是列表")
        return []

    def part(self, name: str) -> Fields:
        return Fields(self._entry.get(name), f"{self.where}.{name}", self._faults)

    def text(self, name: str) -> str:
        value = self._entry.get(name)
        if isinstance(value, str) and value.strip():
            return value
        self.fault(f"缺少 {name}")
        return ""

    def optional_text(self, name: str) -> str | None:
        return None if self._entry.get(name) is None else self.text(name)

    def whole(self, name: str) -> int:
        value = self._entry.get(name)
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        self.fault(f"{name} 不是非负整数")
        return 0

    def flag(self, name: str) -> bool:
        value = self._entry.get(name, False)
        if isinstance(value, bool):
            return value
        self.fault(f"{name} 不是 true 或 false")
        return False

    def day(self, name: str) -> date:
        value = self._entry.get(name)
        if isinstance(value, str):
            try:
                return date.fromisoformat(value)
            except ValueError:
                pass
        self.fault(f"{name} 不是日期")
        return NEVER

    def optional_day(self, name: str) -> date | None:
        return None if self._entry.get(name) is None else self.day(name)

    def choice(self, name: str, kinds: type[Choice]) -> Choice:
        value = self._entry.get(name)
        for one in kinds:
            if one == value:
                return one
        self.fault(f"不认识的 {name} {value}")
        return next(iter(kinds))
