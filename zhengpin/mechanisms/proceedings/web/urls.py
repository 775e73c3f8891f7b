from django.urls import path

from zhengpin.mechanisms.proceedings.web import views

app_name = "proceedings"
urlpatterns = [
    path("<uuid:uuid>", views.detail, name="detail"),
    path("<uuid:uuid>/moves/<str:code>", views.move, name="move"),
    path("<uuid:uuid>/steps/<int:step>/correct", views.correct, name="correct"),
]
