from __future__ import annotations

from django.utils import timezone

from zhengpin.base.access.models import Member
from zhengpin.base.jobs.declarations import task
from zhengpin.mechanisms.plans.models import Plan
from zhengpin.mechanisms.proceedings.particulars import Particulars
from zhengpin.mechanisms.tasks import services


@task
def assign(*, plan: int, member: int) -> None:
    now = timezone.now()
    services.assign_plan(
        plan=Plan.objects.light().get(pk=plan),
        member=Member.objects.select_related("person", "post__organization__region").get(
            pk=member
        ),
        said=Particulars(timezone.localdate(now)),
        now=now,
    )
