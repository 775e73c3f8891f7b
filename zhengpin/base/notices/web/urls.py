from django.urls import path

from zhengpin.base.notices.web import views

app_name = "notices"
urlpatterns = [
    path("", views.notice_list, name="list"),
    path("read", views.read_all, name="read_all"),
    path("settings", views.settings, name="settings"),
    path("<uuid:uuid>/open", views.open_notice, name="open"),
    path("<uuid:uuid>/read", views.read, name="read"),
]
