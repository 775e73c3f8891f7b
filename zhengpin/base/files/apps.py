from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "zhengpin.base.files"
    label = "files"
    verbose_name = "文件"

    def ready(self) -> None:
        from zhengpin.base.files import entries  # noqa: F401, PLC0415 — declares whose they are
