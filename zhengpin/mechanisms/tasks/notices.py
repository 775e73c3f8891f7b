"""通知种类: what tasks tell people of, beside what the engine tells."""

from zhengpin.base.notices.kinds import declare
from zhengpin.mechanisms.plans.queries import plans_for
from zhengpin.mechanisms.proceedings.queries import proceedings_for

OWNED = declare("task_owned", "有一项任务由您负责", sees=proceedings_for)
ASSIGNED = declare("tasks_assigned", "计划任务已下达给本单位", sees=plans_for, is_open=True)
