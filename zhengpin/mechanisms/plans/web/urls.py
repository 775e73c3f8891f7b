from django.urls import path

from zhengpin.mechanisms.plans.web import changes, views

app_name = "plans"
urlpatterns = [
    path("", views.plan_list, name="list"),
    path("import", changes.import_plan, name="import"),
    path("<uuid:uuid>", views.plan_detail, name="detail"),
    path("<uuid:uuid>/review", views.plan_review, name="review"),
    path("<uuid:uuid>/export/<str:form>", views.export, name="export"),
    path("<uuid:uuid>/confirm", changes.confirm, name="confirm"),
    path("<uuid:uuid>/withdraw", changes.withdraw, name="withdraw"),
    path("<uuid:uuid>/problems/<int:order>", changes.settle, name="settle"),
    path("<uuid:uuid>/clauses/<str:address>", views.clause_detail, name="clause"),
    path("<uuid:uuid>/clauses/<str:address>/correct", changes.correct, name="correct"),
    path("<uuid:uuid>/clauses/<str:address>/units/<int:order>", changes.choose, name="choose"),
]
