from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "zhengpin.base.notices"
    label = "notices"
    verbose_name = "通知"
