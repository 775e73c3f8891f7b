"""Fields that many contents share; every content is a typed model with titles people read."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from stdnum.cn import uscc
from stdnum.exceptions import ValidationError


def _credit_code(text: str) -> str:
    """Return a unified social credit code whose check digit holds (GB 32100-2015)."""
    if not text:
        return text
    try:
        return uscc.validate(text)
    except ValidationError as wrong:
        message = "the check digit does not hold"
        raise ValueError(message) from wrong


CreditCode = Annotated[str, AfterValidator(_credit_code)]
Line = Annotated[str, Field(min_length=1, max_length=200)]
Text = Annotated[str, Field(min_length=1, max_length=5000)]


class Content(BaseModel):
    """内容: a declared shape; blanks around texts go, unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, frozen=True)


class Result(Content):
    """办理结果: what was done and what came of it."""

    result: Text = Field(title="办理结果")
    remark: str = Field("", title="备注", max_length=2000)
