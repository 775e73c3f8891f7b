from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "zhengpin.mechanisms.plans"
    label = "plans"
    verbose_name = "计划"

    def ready(self) -> None:
        from zhengpin.base.files import holders  # noqa: PLC0415 — tables are ready only now
        from zhengpin.mechanisms.plans import duties, entries, notices, queries  # noqa: F401, PLC0415 — so

        holders.register("plans", queries.holds_file)
