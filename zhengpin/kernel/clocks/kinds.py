"""What a period of each kind means, and which kinds have no single due day."""

from __future__ import annotations

from zhengpin.kernel.lawdata import Kind

BACKWARD = frozenset({Kind.BEFORE_EVENT})

# Said after the last day: what it is the last day of.
MEANINGS = {
    Kind.DEADLINE: "最迟在该{moment}{to_event}",
    Kind.RIGHT_WINDOW: "权利最迟在该日行使（{to_event}），过期通常失权",
    Kind.PERIOD_END: "该日届满即发生效果：{to_event}",
    Kind.BEFORE_EVENT: "最迟在该日{to_event}",
    Kind.TRIGGER_AFTER: "该日是等待的最后一日，过了该日：{to_event}",
    Kind.RELEASE_IF_NO_EVENT: "至该日终了，{to_event}",
    Kind.LIMITATION: "该日是最后一日，过了该日：{to_event}",
    Kind.RETENTION: "至少保存到该日终了；这是最短保存期，期满也可以继续保存",
    Kind.VALIDITY: "有效期至该日终了",
    Kind.BAR_PERIOD: "至该日终了，{to_event}",
}

# Why there is no due day; {reached} is the day at the other end of the period.
WITHOUT_DUE_DAY = {
    Kind.MINIMUM_PERIOD: "这是最短等待期：{length}至 {reached}届满，此后才可以办理，"
    "何时办理没有末日，所以没有到期日",
    Kind.RESTART_RULE: "这是重新计时的规则，本身没有期间，所以没有到期日：{to_event}",
    Kind.CAP_ON_EXCLUDED_TIME: "这是不计入时间的上限（最长 {length}），"
    "要加在另一期间上计算，所以没有单独的到期日",
    Kind.LOOKBACK: "这是回溯期：自事件之日向前 {length}，追溯到 {reached}，所以没有到期日",
    Kind.WINDOW_BEFORE: "这是事件前的办理窗口：自 {reached}起可以办理，至事件之日即 {start}止，"
    "不是一个到期日",
}

LOOKS_BACK = frozenset({Kind.LOOKBACK, Kind.WINDOW_BEFORE})
