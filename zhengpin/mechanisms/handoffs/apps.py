from django.apps import AppConfig


class HandoffsConfig(AppConfig):
    name = "zhengpin.mechanisms.handoffs"
    label = "handoffs"
    verbose_name = "移交"
