from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "zhengpin.mechanisms.plans"
    label = "plans"
    verbose_name = "计划"

    def ready(self) -> None:
        from zhengpin.mechanisms.plans import duties  # noqa: F401, PLC0415 — declares them
