"""A procedure for tests: one organization asks another to assist."""

from datetime import date

from zhengpin.kernel.procedures import Citation, Clock, Move, Procedure, Stage

LAW = Citation("市场监督管理行政处罚程序规定")

ASSISTANCE = Procedure(
    code="test_assistance",
    title="协查（测试）",
    in_force_from=date(2021, 7, 15),
    roles=frozenset({"asker", "asked"}),
    stages=(
        Stage("asked", "已发函"),
        Stage("working", "协查中"),
        Stage("waiting", "待补材料"),
        Stage("answered", "已回复"),
        Stage("done", "办结", final=True),
    ),
    moves=(
        Move("ask", "发函", frozenset(), "asked", basis=LAW, sets=frozenset({"reply"})),
        Move(
            "accept", "接函", frozenset({"asked"}), "working",
            by=frozenset({"asked"}), hands_to="asked",
        ),
        Move("want", "请补材料", frozenset({"working"}), "waiting", needs_note=True),
        Move("supply", "补来材料", frozenset({"waiting"}), "working", by=frozenset({"asker"})),
        Move(
            "extend", "延长", frozenset({"working"}), "working",
            duty="approve", sets=frozenset({"assist"}),
        ),
        Move("answer", "回复", frozenset({"working"}), "answered", hands_to="asker"),
        Move("ask_again", "再问", frozenset({"answered"}), "working", hands_to="asked"),
        Move("close", "办结", frozenset({"answered"}), "done"),
    ),
    clocks=(
        Clock(
            "assist", "协查期限", frozenset({"accept", "ask_again"}), frozenset({"answer"}),
            rule="penalty-assist", owed_by="asked", owed_to="asker",
            pauses_on=frozenset({"want"}), resumes_on=frozenset({"supply"}),
            extends_on=frozenset({"extend"}),
        ),
        Clock(
            "notice", "补正告知", frozenset({"want"}), frozenset({"supply"}),
            rule="mps159-supplement-notice", owed_by="asked",
        ),
        Clock(
            "reply", "来函所定期限", frozenset({"ask"}), frozenset({"answer"}),
            owed_by="asked", owed_to="asker",
        ),
    ),
)  # fmt: skip
