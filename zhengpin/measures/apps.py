from django.apps import AppConfig

from zhengpin.measures import declarations


class MeasuresConfig(AppConfig):
    name = "zhengpin.measures"
    label = "measures"
    verbose_name = "措施"

    def ready(self) -> None:
        """Fill the registers of the mechanisms."""
        declarations.read_all()
