"""Reads every declaration, so that the registers of the mechanisms are full.

Measures declare; a mechanism that has one procedure for all of its matters declares it itself.
"""

from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules, walk_packages

from zhengpin import measures, mechanisms

_APPS = f"{measures.__name__}.apps"  # what Django reads; a declaration needs no framework


def read_all() -> None:
    for module in walk_packages(measures.__path__, f"{measures.__name__}."):
        if module.name != _APPS:
            import_module(module.name)
    for mechanism in iter_modules(mechanisms.__path__, f"{mechanisms.__name__}."):
        procedure = f"{mechanism.name}.procedure"
        if find_spec(procedure) is not None:
            import_module(procedure)
