from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "zhengpin.sites.desk"
    label = "desk"
    verbose_name = "工作台"

    def ready(self) -> None:
        from zhengpin.sites.desk import entries  # noqa: F401, PLC0415 — declares whose they are
