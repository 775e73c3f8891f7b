from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    name = "zhengpin.base.organizations"
    label = "organizations"
    verbose_name = "单位"
