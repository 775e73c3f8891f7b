from django.urls import path

from zhengpin.mechanisms.handoffs.kinds import KINDS
from zhengpin.mechanisms.handoffs.web import batches, changes, views
from zhengpin.mechanisms.handoffs.web.block import BLOCK
from zhengpin.mechanisms.proceedings.web import slots

app_name = "handoffs"
urlpatterns = [
    path("", views.handoff_list, name="list"),
    path("pairs", views.pairs, name="pairs"),
    path("new", views.kinds, name="new"),
    path("new/<str:code>", changes.draft, name="draft"),
    path("batches/<uuid:batch>", batches.batch, name="batch"),
    path("<uuid:uuid>/pass-on", changes.pass_on, name="pass_on"),
    path("<uuid:uuid>/<str:move>", changes.step, name="step"),
]
for _code in KINDS:
    slots.offer(_code, BLOCK)
