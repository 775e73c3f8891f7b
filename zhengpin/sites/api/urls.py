from django.urls import path

from zhengpin.sites.api.api import api

urlpatterns = [path("", api.urls)]
