from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "zhengpin.mechanisms.decisions"
    label = "decisions"
    verbose_name = "决定"

    def ready(self) -> None:
        from zhengpin.mechanisms.decisions import procedure  # noqa: F401, PLC0415 — declares it
