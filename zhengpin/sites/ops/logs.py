"""Log lines as JSON, each with the id of its request, none with personal data.

Invariant: a line holds the template of its message and never the values put into it, for those
are paths, keys and rows. An error is its type and the lines of code it passed; its message, which
databases fill with the row that failed, stays out. What we want to see of a value, our own code
gives as ``extra={"facts": {…}}``.
"""

from __future__ import annotations

import json
import logging
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import PurePath

request_id: ContextVar[str] = ContextVar("request_id", default="")

_SPEAKS_OF_PROCESSES = ("_granian", "zhengpin.sites.ops")  # their values are process ids and ports
_QUEUE = "procrastinate"  # its messages hold what a job carries; what it did stands beside them
_FRAMES = 30


class JsonFormatter(logging.Formatter):
    """One JSON object a line: at, level, logger, message, request, facts, error, trace."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": _message(record),
        }
        if identifier := request_id.get():
            line["request"] = identifier
        if isinstance(facts := getattr(record, "facts", None), dict):
            line |= facts
        if record.name.startswith(_QUEUE):
            line |= _job(record)
        if record.exc_info and record.exc_info[1] is not None:
            line |= _error(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False, default=str)


def _message(record: logging.LogRecord) -> str:
    if record.name.startswith(_SPEAKS_OF_PROCESSES):
        return record.getMessage()
    if record.name.startswith(_QUEUE):
        return str(getattr(record, "action", "the queue speaks"))
    return str(record.msg)


def _job(record: logging.LogRecord) -> dict[str, object]:
    job = getattr(record, "job", None)
    if not isinstance(job, dict):
        return {}
    return {"task": job.get("task_name"), "job": job.get("id"), "attempt": job.get("attempts")}


def _error(error: BaseException) -> dict[str, object]:
    types: list[str] = []
    seen: BaseException | None = error
    while seen is not None and len(types) < _FRAMES:
        types.append(f"{type(seen).__module__}.{type(seen).__qualname__}")
        seen = seen.__cause__ or seen.__context__
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    return {
        "error": types,
        "trace": [f"{_place(one.filename)}:{one.lineno} {one.name}" for one in frames],
    }


def _place(filename: str) -> str:
    """Return the last parts of a file's path: where installations differ is nobody's business."""
    return "/".join(PurePath(filename).parts[-3:])
