"""Reads every declaration, so that the registers of the mechanisms are full."""

from importlib import import_module
from pkgutil import walk_packages

from zhengpin import measures

_APPS = f"{measures.__name__}.apps"  # what Django reads; a declaration needs no framework


def read_all() -> None:
    for module in walk_packages(measures.__path__, f"{measures.__name__}."):
        if module.name != _APPS:
            import_module(module.name)
