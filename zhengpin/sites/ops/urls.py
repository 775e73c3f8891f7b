from django.urls import path

from zhengpin.sites.ops import views

app_name = "ops"
urlpatterns = [
    path("healthz", views.health, name="health"),
    path("readyz", views.ready, name="ready"),
    path("metrics", views.metrics, name="metrics"),
]
