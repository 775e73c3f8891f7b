"""Makes zips for the tests: ordinary ones, and such as nobody should open."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def packed(entries: Mapping[str, bytes], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return stream.getvalue()


def nested(times: int) -> bytes:
    """A zip in a zip in a zip …, ``times`` in all."""
    inner = b"innermost"
    for level in range(times):
        inner = packed({f"{level}.zip" if level else "a.txt": inner})
    return inner


def with_link() -> bytes:
    """A zip whose entry is a symbolic link out of it."""
    stream = io.BytesIO()
    link = zipfile.ZipInfo("报告.pdf")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    return stream.getvalue()


def locked() -> bytes:
    """A zip that says of its entry that it has a password."""
    data = bytearray(packed({"a.txt": b"secret"}, compression=zipfile.ZIP_STORED))
    central = data.index(b"PK\x01\x02")
    data[6] |= 1
    data[central + 8] |= 1
    return bytes(data)


def overlapping(copies: int) -> bytes:
    """A zip whose directory names the same bytes many times over: small, unpacked huge."""
    one = packed({"a.txt": b"0" * 100_000})
    start = one.index(b"PK\x01\x02")
    end = one.index(b"PK\x05\x06")
    directory = one[start:end] * copies
    closing = struct.pack(
        "<4s4H2LH", b"PK\x05\x06", 0, 0, copies, copies, len(directory), start, 0
    )
    return one[:start] + directory + closing


def lying(content: bytes) -> bytes:
    """A zip that says its entry is one byte long."""
    data = bytearray(packed({"a.txt": content}))
    central = data.index(b"PK\x01\x02")
    data[22:26] = data[central + 24 : central + 28] = struct.pack("<L", 1)
    return bytes(data)


def claiming_directory(size: int) -> bytes:
    """A zip whose end says that the directory is of a size."""
    data = bytearray(packed({"a.txt": b"text"}))
    end = data.rindex(b"PK\x05\x06")
    data[end + 12 : end + 16] = struct.pack("<L", size)
    return bytes(data)


def office(folder: str, more: Mapping[str, bytes] | None = None) -> bytes:
    """The bones of a docx (``word/``), xlsx (``xl/``) or pptx (``ppt/``)."""
    parts = {"[Content_Types].xml": b"<Types/>", f"{folder}document.xml": b"<x/>"}
    return packed({**parts, **(more or {})})


def compound(*streams: str, first: bytes = b"") -> bytes:
    """The bones of an older office file with the names of its streams."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0")
    names = b"".join(one.encode("utf-16-le").ljust(128, b"\0") for one in streams)
    return head + first.ljust(512, b"\0") + names
