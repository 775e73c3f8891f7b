"""Tells from its bytes what a file is, and refuses what is not safe to keep."""

from __future__ import annotations

import os
import re
from typing import IO, TYPE_CHECKING

from zhengpin.kernel.contents import archives, errors, ole
from zhengpin.kernel.contents.types import MB, TYPES, FileType
from zhengpin.kernel.documents import errors as unread
from zhengpin.kernel.documents.kinds import is_html
from zhengpin.kernel.documents.text import decode, decode_as_declared

if TYPE_CHECKING:
    from collections.abc import Collection

HEAD = 2048
_PDF = re.compile(rb"[\xef\xbb\xbf\0\t\n\f\r ]*%PDF-")

_MAGIC: tuple[tuple[re.Pattern[bytes], str], ...] = tuple(
    (re.compile(pattern, re.DOTALL), code)
    for pattern, code in (
        (rb"\s*\{\\rtf", "rtf"),
        (rb"\xff\xd8\xff", "jpeg"),
        (rb"\x89PNG\r\n\x1a\n", "png"),
        (rb"GIF8[79]a", "gif"),
        (rb"RIFF.{4}WEBP", "webp"),
        (rb"RIFF.{4}WAVE", "wav"),
        (rb"RIFF.{4}AVI ", "avi"),
        (rb"II\*\0|MM\0\*", "tiff"),
        (rb"BM.{4}\0{4}", "bmp"),
        (rb".{4}ftyp(?:hei|hev|mif|msf|avi)", "heic"),
        (rb".{4}ftypM4[AB] ", "m4a"),
        (rb".{4}ftyp", "mp4"),
        (rb"ID3[\x02-\x04]|\xff[\xfb\xf3\xf2\xfa]", "mp3"),
    )
)


def told(file: IO[bytes], taken: Collection[str] = ()) -> FileType:
    """Return the type of a seekable file, by its content alone; ``taken`` limits the codes.

    Raises EmptyFile, OversizedFile, UnknownType, TypeNotTaken, ExecutableFile, ExecutableInside,
    MacroInside, PasswordProtected, DamagedFile, ArchiveTooComplex, ArchiveUnsafe or
    ArchiveUnopened; nothing else, whatever the bytes.
    """
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    head = file.read(HEAD)
    if size == 0:
        raise errors.EmptyFile
    if archives.is_executable(head):
        raise errors.ExecutableFile
    if archives.is_unopened(head):
        raise errors.ArchiveUnopened
    kind = TYPES[_code(file, head)]
    _require_taken(kind, taken)
    if size > kind.largest:
        raise errors.OversizedFile(
            f"文件超过{kind.title}的上限{kind.largest // MB} MB，没有保存，"
            "请压缩或拆成几份后再上传。"
        )
    _inspect(file, kind)
    return kind


def _require_taken(kind: FileType, taken: Collection[str]) -> None:
    if taken and kind.code not in taken:
        wanted = "、".join(TYPES[code].title for code in taken)
        raise errors.TypeNotTaken(
            f"这是{kind.title}，这里只收{wanted}，没有保存，请换成要求的格式后再上传。"
        )


def _code(file: IO[bytes], head: bytes) -> str:
    if head.startswith(archives.ZIP):
        return archives.code_of(file)
    if head.startswith(ole.MAGIC):
        return ole.code_of(_all(file, "ppt"))
    if _PDF.match(head):
        return "pdf"
    for pattern, code in _MAGIC:
        if pattern.match(head):
            return code
    return _text_or_pdf(_all(file, "text"), head)


def _all(file: IO[bytes], code: str) -> bytes:
    """Return the whole content; what is larger than any of its kind is not read."""
    largest = TYPES[code].largest
    if file.seek(0, os.SEEK_END) > largest:
        raise errors.OversizedFile(
            f"文件超过上限{largest // MB} MB，没有保存，请压缩或拆成几份后再上传。"
        )
    file.seek(0)
    return file.read()


def _text_or_pdf(data: bytes, head: bytes) -> str:
    if not data.strip(b" \t\r\n\f\v\0\xef\xbb\xbf"):
        raise errors.EmptyFile
    if b"%PDF-" in head[:1024] and b"endobj" in data:
        return "pdf"  # foreign bytes before its header, PDF Reference 1.7, appendix H, note 13
    try:
        text = decode(data).text
    except unread.Undecodable as undecodable:
        page = decode_as_declared(data)
        if page is None or not is_html(page.text, ""):
            raise errors.UnknownType from undecodable
        return "html"
    except unread.NotText as binary:
        raise errors.UnknownType from binary
    try:
        return "html" if is_html(text, "") else "text"
    except unread.MarkupData as markup:
        raise errors.UnknownType from markup


def _inspect(file: IO[bytes], kind: FileType) -> None:
    """Look inside what can hold something else."""
    if kind.code in archives.PACKED:
        archives.inspect(file, kind.code)
    elif kind.code in ole.CODES:
        ole.inspect(_all(file, kind.code))
    elif kind.code == "pdf":
        from zhengpin.kernel.documents.pdf import require_openable  # noqa: PLC0415 on demand

        file.seek(0)
        try:
            require_openable(file.read())
        except unread.Encrypted as locked:
            raise errors.PasswordProtected from locked
        except unread.CorruptPdf as broken:
            raise errors.DamagedFile from broken
