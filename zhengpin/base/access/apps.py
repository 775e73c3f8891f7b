from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "zhengpin.base.access"
    label = "access"
    verbose_name = "人员与职责"

    def ready(self) -> None:
        from zhengpin.base.access import entries  # noqa: F401, PLC0415 — declares whose they are
