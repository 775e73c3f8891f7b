from django.urls import path

from zhengpin.mechanisms.handoffs.web import changes, views

app_name = "handoffs"
urlpatterns = [
    path("", views.handoff_list, name="list"),
    path("pairs", views.pairs, name="pairs"),
    path("new", views.kinds, name="new"),
    path("new/<str:code>", changes.draft, name="draft"),
    path("<uuid:uuid>", views.handoff_detail, name="detail"),
    path("<uuid:uuid>/<str:move>", changes.step, name="step"),
]
