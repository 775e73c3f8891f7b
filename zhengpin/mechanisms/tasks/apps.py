from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "zhengpin.mechanisms.tasks"
    label = "tasks"
    verbose_name = "任务"

    def ready(self) -> None:
        from zhengpin.base.files import holders  # noqa: PLC0415 — tables are ready only now
        from zhengpin.mechanisms.tasks import entries, evidence, procedure, queries  # noqa: F401, PLC0415 — so

        holders.register("tasks", queries.holds_file)
