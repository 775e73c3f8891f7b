from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "zhengpin.mechanisms.decisions"
    label = "decisions"
    verbose_name = "决定"

    def ready(self) -> None:
        from zhengpin.mechanisms.decisions import entries, notices, procedure  # noqa: F401, PLC0415 — tables are ready only now
