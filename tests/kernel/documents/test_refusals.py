from __future__ import annotations

import inspect
import re

import pytest

from zhengpin.kernel.documents import errors
from zhengpin.kernel.errors import DocumentRefused

REFUSALS = [
    refusal
    for _, refusal in inspect.getmembers(errors, inspect.isclass)
    if issubclass(refusal, DocumentRefused) and refusal is not DocumentRefused
]


@pytest.mark.parametrize("refusal", REFUSALS)
def test_a_refusal_is_one_chinese_sentence_that_says_what_to_do(
    refusal: type[DocumentRefused],
) -> None:
    sentence = str(refusal())
    assert "\n" not in sentence
    assert sentence.endswith("。")
    assert sentence.count("。") == 1
    assert re.search("请(?:提供|用|确认|删去|只保留|改用|去除|把|解压|重新|打开)", sentence)
    assert re.fullmatch(r"[\u4e00-\u9fff（）“”，、。A-Za-z0-9.-]+", sentence)
    assert len(re.findall("[\u4e00-\u9fff]", sentence)) > 10


def test_no_two_refusals_say_the_same() -> None:
    assert len({str(refusal()) for refusal in REFUSALS}) == len(REFUSALS) > 15
