from django.apps import AppConfig


class LawbaseConfig(AppConfig):
    name = "zhengpin.base.lawbase"
    label = "lawbase"
    verbose_name = "法律数据"

    def ready(self) -> None:
        from zhengpin.base.lawbase import (  # noqa: PLC0415 — registers them
            checks,  # noqa: F401
            duties,  # noqa: F401
        )
