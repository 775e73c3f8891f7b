from django.urls import path

from zhengpin.base.files.web import views

app_name = "files"
urlpatterns = [
    path("<uuid:uuid>", views.download, name="download"),
]
