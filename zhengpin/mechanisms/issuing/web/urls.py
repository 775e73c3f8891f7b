from django.urls import path

from zhengpin.mechanisms.issuing.web import block, views
from zhengpin.mechanisms.plans.web import slots as of_plans
from zhengpin.mechanisms.proceedings.web import slots as of_matters

app_name = "issuing"
urlpatterns = [path("<uuid:uuid>/issue", views.issue, name="issue")]
of_plans.on_plan(block.of_plan)
of_matters.beside(block.BESIDE)
