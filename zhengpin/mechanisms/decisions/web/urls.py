from django.urls import path

from zhengpin.mechanisms.decisions.procedure import DECISION
from zhengpin.mechanisms.decisions.web import changes, views
from zhengpin.mechanisms.decisions.web.block import BESIDE, BLOCK
from zhengpin.mechanisms.proceedings.web import slots

app_name = "decisions"
urlpatterns = [
    path("", views.decision_list, name="list"),
    path("new", changes.ask, name="ask"),
    path("<uuid:uuid>/declare", changes.declare, name="declare"),
    path("<uuid:uuid>/vote", changes.vote, name="vote"),
    path("<uuid:uuid>/panel/<int:panelist>/replace", changes.replace, name="replace"),
]
slots.offer(DECISION.code, BLOCK)
slots.beside(BESIDE)
