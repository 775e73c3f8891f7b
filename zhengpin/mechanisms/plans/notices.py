"""通知种类: what plans tell people of."""

from zhengpin.base.notices.kinds import declare
from zhengpin.mechanisms.plans import queries

CONFIRMED = declare(
    "plan_confirmed",
    "计划已核定，写有本单位的任务",
    sees=queries.plans_for,
    is_open=True,  # a confirmed plan is a document of the government, sent to all it names
)
