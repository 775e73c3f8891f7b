from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "zhengpin.base.access"
    label = "access"
    verbose_name = "人员与职责"
