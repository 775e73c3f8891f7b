"""The addresses of an installation."""

from django.urls import include, path

urlpatterns = [
    path("", include("zhengpin.sites.ops.urls")),
    path("api/1/", include("zhengpin.sites.api.urls")),
    path("", include("zhengpin.sites.desk.urls")),
]
