from django.urls import path

from zhengpin.base.lawbase.web import views

app_name = "lawbase"
urlpatterns = [
    path("", views.index, name="index"),
    path("instruments/<str:code>", views.instrument, name="instrument"),
    path("rules/<str:id>", views.rule, name="rule"),
    path("thresholds/<str:id>", views.threshold, name="threshold"),
    path("calendar", views.calendar, name="calendar"),
    path("calendar/<int:year>", views.calendar, name="year"),
    path("open", views.open_points, name="open"),
]
