from django.apps import AppConfig


class IssuingConfig(AppConfig):
    name = "zhengpin.mechanisms.issuing"
    label = "issuing"
    verbose_name = "印发"

    def ready(self) -> None:
        from zhengpin.mechanisms.issuing import entries  # noqa: F401, PLC0415 — tables are ready only now
