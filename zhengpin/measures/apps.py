from importlib import import_module
from pkgutil import walk_packages

from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    name = "zhengpin.measures"
    label = "measures"
    verbose_name = "措施"

    def ready(self) -> None:
        """Read every declaration, so that the registers of the mechanisms are full."""
        for module in walk_packages(import_module(self.name).__path__, f"{self.name}."):
            import_module(module.name)
