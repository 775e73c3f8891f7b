from django.urls import path

from zhengpin.base.lawbase.web import changing, views

app_name = "lawbase"
urlpatterns = [
    path("", views.index, name="index"),
    path("instruments/<str:code>", views.instrument, name="instrument"),
    path("rules/<str:id>", views.rule, name="rule"),
    path("thresholds/<str:id>", views.threshold, name="threshold"),
    path("calendar", views.calendar, name="calendar"),
    path("calendar/<int:year>", views.calendar, name="year"),
    path("rules/<str:id>/version", changing.add_version, name="version"),
    path("rules/<str:id>/correct", changing.add_correction, name="correct"),
    path("overrides", changing.overrides, name="overrides"),
    path("overrides/notice", changing.add_notice, name="notice"),
    path("overrides/<uuid:uuid>", changing.override, name="override"),
    path("open", views.open_points, name="open"),
]
