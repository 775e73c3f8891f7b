from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "zhengpin.base.files"
    label = "files"
    verbose_name = "文件"
