from django.urls import path

from zhengpin.mechanisms.plans.web import changes, instruments, views

app_name = "plans"
urlpatterns = [
    path("", views.plan_list, name="list"),
    path("import", changes.import_plan, name="import"),
    path("instruments", instruments.instrument_list, name="instruments"),
    path("instruments/<uuid:uuid>", instruments.instrument_detail, name="instrument"),
    path("instruments/<uuid:uuid>/status", instruments.set_status, name="set_status"),
    path("instruments/<uuid:uuid>/particulars", instruments.describe, name="describe"),
    path(
        "instruments/<uuid:uuid>/flags/<int:citation>",
        instruments.settle_flag,
        name="settle_flag",
    ),
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
