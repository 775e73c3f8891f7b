"""通知种类: what decisions tell people of."""

from zhengpin.base.notices.kinds import declare
from zhengpin.mechanisms.proceedings.queries import proceedings_for

ASKED = declare("decision_asked", "请您参加决定：先声明是否回避", sees=proceedings_for)
RECUSED = declare("decision_recused", "有人声明回避，请您更换", sees=proceedings_for)
VOTING = declare("decision_voting", "请您表决", sees=proceedings_for)
DECIDED = declare("decision_decided", "已经作出决定", sees=proceedings_for)
