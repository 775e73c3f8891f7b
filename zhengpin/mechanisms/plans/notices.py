"""通知种类: what plans tell people of."""

from zhengpin.base.notices.kinds import declare
from zhengpin.mechanisms.plans import queries

CONFIRMED = declare(
    "plan_confirmed",
    "计划已核定，写有本单位的任务",
    sees=queries.plans_for,
    is_open=True,  # a confirmed plan is a document of the government, sent to all it names
)
CHANGED = declare(
    "plan_instrument_changed",
    "计划引用的依据文件有变动，有关条款待复核",
    sees=queries.instruments_for,
    is_open=True,  # an instrument is a published document, and that it changed is public
)
