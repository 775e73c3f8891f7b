from __future__ import annotations

import pytest

from zhengpin.kernel.clocks import OutOfRange
from zhengpin.kernel.sentences import COMMAS, SEMICOLONS, Listed, Refusal, Sentence

ENGLISH = {
    "%(length)s 日": "%(length)s days",
    "期间：%(length)s，依%(basis)s。": "By %(basis)s: %(length)s.",
    "%(first)s、%(then)s": "%(first)s, %(then)s",
    "立即": "at once",
    "日期超出可以计算的范围。": "The day is outside what can be reckoned.",
}


def english(text: str) -> str:
    return ENGLISH.get(text, text)


PERIOD = Sentence(
    "期间：%(length)s，依%(basis)s。",
    {"length": Sentence("%(length)s 日", {"length": 90}), "basis": "《民法典》第二百零一条"},
)


class TestSentence:
    def test_is_chinese_as_it_stands(self) -> None:
        assert str(PERIOD) == "期间：90 日，依《民法典》第二百零一条。"

    def test_is_said_in_another_language_with_what_stands_in_it(self) -> None:
        assert PERIOD.said(english) == "By 《民法典》第二百零一条: 90 days."

    def test_without_an_entry_in_the_catalogue_is_said_in_chinese(self) -> None:
        assert PERIOD.said(lambda text: text) == str(PERIOD)

    def test_a_percent_sign_in_what_stands_in_it_is_left_alone(self) -> None:
        assert str(Sentence("依据：%(source)s。", {"source": "80%(d)s"})) == "依据：80%(d)s。"
        assert str(Sentence("数额的 80%。")) == "数额的 80%。"

    def test_a_declared_one_is_filled_and_stays_as_it_was(self) -> None:
        declared = Sentence("%(length)s 日")
        assert declared.with_values(length=3).said(english) == "3 days"
        assert str(declared) == "%(length)s 日"


class TestListed:
    def test_one_thing_stands_alone(self) -> None:
        assert str(Listed(SEMICOLONS, [Sentence("立即")])) == "立即"

    def test_more_are_joined_as_the_language_does(self) -> None:
        years = Listed(COMMAS, [2027, 2028, Sentence("立即")])
        assert str(years) == "2027、2028、立即"
        assert years.said(english) == "2027, 2028, at once"

    def test_a_long_list_is_no_deep_one(self) -> None:
        assert str(Listed(COMMAS, range(5000))).count("、") == 4999


class TestRefusal:
    @pytest.mark.parametrize(
        ("error", "said"),
        [
            (OutOfRange(), "The day is outside what can be reckoned."),
            (
                OutOfRange("自 9999-12-20 起30 日超出可以计算的范围。"),
                (
                    "The day is outside what can be reckoned."
                    "（自 9999-12-20 起30 日超出可以计算的范围。）"
                ),
            ),
        ],
    )
    def test_what_names_a_record_is_said_in_general_first(
        self, error: OutOfRange, said: str
    ) -> None:
        assert Refusal.of(error).said(english) == said

    def test_in_chinese_it_is_the_refusal_itself(self) -> None:
        assert str(Refusal.of(OutOfRange("自 9999-12-20 起超出。"))) == "自 9999-12-20 起超出。"
