"""What a period of each kind means, and which kinds have no single due day."""

from __future__ import annotations

from zhengpin.kernel.lawdata import Kind
from zhengpin.kernel.sentences import Sentence

BACKWARD = frozenset({Kind.BEFORE_EVENT})

# Said after the last day: what it is the last day of.
MEANINGS = {
    Kind.DEADLINE: Sentence("含义：最迟在该日%(to_event)s。"),
    Kind.RIGHT_WINDOW: Sentence("含义：权利最迟在该日行使（%(to_event)s），过期通常失权。"),
    Kind.PERIOD_END: Sentence("含义：该日届满即发生效果：%(to_event)s。"),
    Kind.BEFORE_EVENT: Sentence("含义：最迟在该日%(to_event)s。"),
    Kind.TRIGGER_AFTER: Sentence("含义：该日是等待的最后一日，过了该日：%(to_event)s。"),
    Kind.RELEASE_IF_NO_EVENT: Sentence("含义：至该日终了，%(to_event)s。"),
    Kind.LIMITATION: Sentence("含义：该日是最后一日，过了该日：%(to_event)s。"),
    Kind.RETENTION: Sentence("含义：至少保存到该日终了；这是最短保存期，期满也可以继续保存。"),
    Kind.VALIDITY: Sentence("含义：有效期至该日终了。"),
    Kind.BAR_PERIOD: Sentence("含义：至该日终了，%(to_event)s。"),
}
MEANING_OF_AN_INSTANT = Sentence("含义：最迟在该时刻%(to_event)s。")

# Why there is no due day; ``reached`` is the day at the other end of the period.
WITHOUT_DUE_DAY = {
    Kind.MINIMUM_PERIOD: Sentence(
        "这是最短等待期：%(length)s至 %(reached)s届满，此后才可以办理，"
        "何时办理没有末日，所以没有到期日。"
    ),
    Kind.RESTART_RULE: Sentence(
        "这是重新计时的规则，本身没有期间，所以没有到期日：%(to_event)s。"
    ),
    Kind.CAP_ON_EXCLUDED_TIME: Sentence(
        "这是不计入时间的上限（最长 %(length)s），要加在另一期间上计算，所以没有单独的到期日。"
    ),
    Kind.LOOKBACK: Sentence(
        "这是回溯期：自事件之日向前 %(length)s，追溯到 %(reached)s，所以没有到期日。"
    ),
    Kind.WINDOW_BEFORE: Sentence(
        "这是事件前的办理窗口：自 %(reached)s起可以办理，至事件之日即 %(start)s止，"
        "不是一个到期日。"
    ),
}

LOOKS_BACK = frozenset({Kind.LOOKBACK, Kind.WINDOW_BEFORE})
