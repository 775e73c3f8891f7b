"""Reads the YAML files of this package."""

from __future__ import annotations

from importlib import resources
from typing import Any


def read_file(name: str) -> dict[str, Any]:
    """Return the parsed YAML file ``name`` beside this module."""
    import yaml  # noqa: PLC0415 (only when a day is asked for)

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = resources.files("zhengpin.kernel.calendars").joinpath(name).read_text("utf-8")
    parsed: dict[str, Any] = yaml.load(text, Loader=loader)  # noqa: S506 (the safe loader in C)
    return parsed
