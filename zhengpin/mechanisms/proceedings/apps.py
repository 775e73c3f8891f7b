from django.apps import AppConfig


class ProceedingsConfig(AppConfig):
    name = "zhengpin.mechanisms.proceedings"
    label = "proceedings"
    verbose_name = "办理"

    def ready(self) -> None:
        from zhengpin.mechanisms.proceedings import checks, duties, entries, notices  # noqa: F401, PLC0415
