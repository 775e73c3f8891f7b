from django.urls import path

from zhengpin.mechanisms.proceedings.web import slots
from zhengpin.mechanisms.tasks.procedure import TASK
from zhengpin.mechanisms.tasks.web import block, changes, views

app_name = "tasks"
urlpatterns = [
    path("", views.task_list, name="list"),
    path("plans/<uuid:uuid>", views.board, name="board"),
    path("plans/<uuid:uuid>/assign", changes.assign_plan, name="assign_plan"),
    path(
        "plans/<uuid:uuid>/clauses/<str:address>/assign",
        changes.assign_clause,
        name="assign_clause",
    ),
    path("<uuid:uuid>/divide", changes.divide, name="divide"),
    path("<uuid:uuid>/owner", changes.give_to, name="owner"),
    path("<uuid:uuid>/<str:move>", changes.step, name="step"),
]
slots.offer(TASK.code, block.BLOCK)
block.register()
