from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "zhengpin.sites.desk"
    label = "desk"
    verbose_name = "工作台"
