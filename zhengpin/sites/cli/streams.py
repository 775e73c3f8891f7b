"""Files and the three standard streams, always as UTF-8.

Invariant: a result is written whole or not at all; no half file and no empty file is left behind.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from zhengpin.sites.cli.errors import InputRefused, OutputRefused

if TYPE_CHECKING:
    from typing import TextIO

STANDARD = "-"

_UNREADABLE: tuple[tuple[type[OSError], str], ...] = (
    (FileNotFoundError, "找不到“{name}”：请核对文件名和所在文件夹。"),
    (IsADirectoryError, "“{name}”是文件夹：请写明其中的哪一个文件。"),
    (NotADirectoryError, "找不到“{name}”：路径中间有一段不是文件夹。"),
    (PermissionError, "没有权限读取“{name}”：请核对文件权限，或换一个账户。"),
)
_UNWRITABLE: tuple[tuple[type[OSError], str], ...] = (
    (FileNotFoundError, "要写入“{name}”的文件夹不存在：请先建立文件夹，或换一个 --out。"),
    (IsADirectoryError, "“{name}”是文件夹：请在 --out 写明文件名。"),
    (NotADirectoryError, "不能写入“{name}”：路径中间有一段不是文件夹。"),
    (PermissionError, "没有权限写入“{name}”：请换一个 --out，或核对文件夹权限。"),
)


def speak_utf8() -> None:
    """Make the standard streams write UTF-8 whatever the locale; what has no UTF-8 is escaped."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def read(name: str, *, limit: int) -> bytes:
    """Return the bytes of file ``name``, or of standard input for ``-``.

    Never reads more than one byte past ``limit``: enough for the reader to refuse it by size.
    """
    try:
        if name == STANDARD:
            return _standard_input().read(limit + 1)
        with Path(name).open("rb") as file:
            return file.read(limit + 1)
    except OSError as error:
        raise InputRefused(_sentence(_UNREADABLE, error, name, "读取")) from error


def _standard_input() -> BinaryIO:
    if sys.stdin is None:
        message = "标准输入是关闭的：请写明文件名。"
        raise InputRefused(message)
    return sys.stdin.buffer


def write(data: bytes, name: str) -> None:
    """Write ``data`` to file ``name``, or to standard output for ``-``."""
    if name == STANDARD:
        _write_out(data)
        return
    path = Path(name)
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(data)  # a device or a pipe cannot be replaced, and a folder refuses
        else:
            _replace(path.resolve(), data)
    except OSError as error:
        raise OutputRefused(_sentence(_UNWRITABLE, error, name, "写入")) from error


def _replace(path: Path, data: bytes) -> None:
    """Put ``data`` in the place of ``path`` in one step."""
    beside = path.with_name(f".zhengpin-{os.getpid()}-{os.urandom(4).hex()}")
    try:
        beside.write_bytes(data)
        if path.exists():
            shutil.copymode(path, beside)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _write_out(data: bytes) -> None:
    if sys.stdout is None:
        message = "标准输出是关闭的：请用 --out 写明文件名。"
        raise OutputRefused(message)
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        abandon(sys.stdout)
        raise OutputRefused(_sentence(_UNWRITABLE, error, "标准输出", "写入")) from error


def is_same_file(name: str, out: str) -> bool:
    """Return whether writing to ``out`` would destroy the file ``name``."""
    if STANDARD in (name, out):
        return False
    try:
        return Path(out).is_file() and Path(out).samefile(name)
    except OSError:
        return False  # reading or writing it will say what is wrong


def is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and stream.isatty()


def say(sentence: str) -> None:
    """Print one line on standard error; a line break or control character in it is a blank."""
    if sys.stderr is not None:
        visible = "".join(char if char.isprintable() else " " for char in sentence)
        sys.stderr.write(" ".join(visible.split()) + "\n")


def abandon(*streams: TextIO | None) -> None:
    """Send what is left of ``streams`` nowhere, so that leaving raises no second error."""
    for stream in streams:
        if stream is not None:
            with suppress(OSError, ValueError), Path(os.devnull).open("wb") as nowhere:
                os.dup2(nowhere.fileno(), stream.fileno())


def _sentence(
    known: tuple[tuple[type[OSError], str], ...], error: OSError, name: str, verb: str
) -> str:
    for kind, sentence in known:
        if isinstance(error, kind):
            return sentence.format(name=shown(name))
    return f"{verb}“{shown(name)}”失败：{error.strerror or error}。"


def shown(name: str) -> str:
    """Return a file name as UTF-8 reads it, whatever the locale made of it."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")
