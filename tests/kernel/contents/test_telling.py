"""What a file is, its content says; what is not safe to keep is refused with its sentence."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kernel.contents import packing
from tests.kernel.documents import making
from zhengpin.kernel.contents import TYPES, archives, errors, told
from zhengpin.kernel.errors import DocumentRefused

if TYPE_CHECKING:
    from zhengpin.kernel.contents import FileType

PE = b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff".ljust(128, b"\0") + b"PE\0\0"
MB = 1024 * 1024


def type_of(data: bytes, *taken: str) -> FileType:
    return told(io.BytesIO(data), taken)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("关于印发工作要点的通知\n".encode(), "text"),
        ("关于印发工作要点的通知\n".encode("gb18030"), "text"),
        (b"\xef\xbb\xbf" + "名称,数量\n运动鞋,2\n".encode(), "text"),
        (b"<!doctype html><html><body><p>x</p></body></html>", "html"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0", "jpeg"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "png"),
        (b"GIF89a\1\0\1\0", "gif"),
        (b"RIFF\x24\0\0\0WEBPVP8 ", "webp"),
        (b"RIFF\x24\0\0\0WAVEfmt ", "wav"),
        (b"RIFF\x24\0\0\0AVI LIST", "avi"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "heic"),
        (b"\0\0\0\x18ftypM4A \0\0\0\0", "m4a"),
        (b"\0\0\0\x18ftypisom\0\0\0\0", "mp4"),
        (b"\0\0\0\x14ftypqt  \0\0\0\0", "mp4"),
        (b"ID3\x03\0\0\0\0\0\x0f", "mp3"),
        (b"II*\0\x08\0\0\0", "tiff"),
        (b"{\\rtf1\\ansi x}", "rtf"),
        (packing.office("word/"), "docx"),
        (packing.office("xl/"), "xlsx"),
        (packing.office("ppt/"), "pptx"),
        (packing.packed({"OFD.xml": b"<x/>"}), "ofd"),
        (packing.packed({"现场照片/1.txt": b"1"}), "zip"),
        (packing.compound("WordDocument"), "doc"),
        (packing.compound("Workbook"), "xls"),
        (packing.compound("PowerPoint Document"), "ppt"),
    ],
)
def test_the_content_says_what_a_file_is(data: bytes, code: str) -> None:
    assert type_of(data).code == code


def test_documents_that_real_programs_write_are_taken() -> None:
    assert type_of(making.word("正文")).code == "docx"
    assert type_of(making.pdf(["正文"])).code == "pdf"


@pytest.mark.parametrize("data", [b"", b"\n \t\n", b"\xef\xbb\xbf", b"\0\0\0"])
def test_an_empty_file_is_refused(data: bytes) -> None:
    with pytest.raises(errors.EmptyFile):
        type_of(data)


@pytest.mark.parametrize(
    "data",
    [
        PE,
        b"\x7fELF\x02\x01\x01",
        b"\xcf\xfa\xed\xfe\x07\0\0\1",
        b"\xca\xfe\xba\xbe\0\0\0\x34",
        b"#!/bin/sh\nrm -rf x\n",
        b"@echo off\r\ndel x\r\n",
        b"\0asm\1\0\0\0",
        b"L\0\0\0\x01\x14\x02\0\0\0\0\0",
    ],
)
def test_programs_are_refused_alone_and_in_an_archive(data: bytes) -> None:
    with pytest.raises(errors.ExecutableFile):
        type_of(data)
    with pytest.raises(errors.ExecutableInside):
        type_of(packing.packed({"发票.pdf": data}))


def test_a_text_about_machines_is_no_program() -> None:
    assert type_of(b"MZ is the mark of an old kind of program.").code == "text"


@pytest.mark.parametrize(
    "data", [b"7z\xbc\xaf\x27\x1c\0\4", b"Rar!\x1a\x07\1\0", b"\x1f\x8b\x08\0", b"BZh91AY&SY"]
)
def test_an_archive_that_cannot_be_looked_through_is_refused(data: bytes) -> None:
    with pytest.raises(errors.ArchiveUnopened):
        type_of(data)
    with pytest.raises(errors.ArchiveUnopened):
        type_of(packing.packed({"内层": data}))


@pytest.mark.parametrize("data", [b"<svg onload='x'/>", b"<?xml version='1.0'?><x/>", b"\1\2\3"])
def test_what_nobody_knows_is_refused(data: bytes) -> None:
    with pytest.raises(errors.UnknownType):
        type_of(data)


def test_a_place_takes_only_what_it_declares_and_says_what() -> None:
    with pytest.raises(errors.TypeNotTaken, match="这是PNG图片，这里只收PDF、Word"):
        type_of(b"\x89PNG\r\n\x1a\n", "pdf", "docx")


def test_a_file_larger_than_its_type_allows_is_refused_with_the_figure() -> None:
    with pytest.raises(errors.OversizedFile, match="上限20 MB"):
        type_of(b"a" * (20 * MB + 1))
    with pytest.raises(errors.OversizedFile, match="PNG图片的上限50 MB"):
        type_of(b"\x89PNG\r\n\x1a\n".ljust(50 * MB + 1, b"x"))


class TestArchives:
    def test_a_bomb_is_refused_before_it_is_unpacked(self) -> None:
        bomb = packing.packed({"a.txt": b"0" * (64 * MB)})
        assert len(bomb) < 100_000
        with pytest.raises(errors.ArchiveTooComplex):
            type_of(bomb)

    def test_a_bomb_inside_an_archive_counts_for_the_whole(self) -> None:
        layer = packing.packed({f"{n}.txt": b"0" * (16 * MB) for n in range(4)})
        with pytest.raises(errors.ArchiveTooComplex):
            type_of(packing.packed({"a.zip": layer}))

    def test_a_bomb_in_the_shape_of_a_document_is_refused(self) -> None:
        for folder in ("word/", "xl/"):
            with pytest.raises(errors.ArchiveTooComplex):
                type_of(packing.office(folder, {"media.bin": b"0" * (64 * MB)}))

    def test_entries_that_share_bytes_are_refused(self) -> None:
        with pytest.raises(errors.ArchiveTooComplex):
            type_of(packing.overlapping(1_000))

    def test_too_many_entries_are_refused(self) -> None:
        many = {str(n): b"" for n in range(archives.MOST_ENTRIES + 1)}
        with pytest.raises(errors.ArchiveTooComplex):
            type_of(packing.packed(many, compression=zipfile.ZIP_STORED))

    def test_a_directory_too_large_to_be_read_is_not_read(self) -> None:
        with pytest.raises(errors.ArchiveTooComplex):
            type_of(packing.claiming_directory(0xFFFF_0000))

    def test_nesting_has_a_limit(self) -> None:
        assert type_of(packing.nested(archives.MOST_NESTED)).code == "zip"
        with pytest.raises(errors.ArchiveTooComplex):
            type_of(packing.nested(archives.MOST_NESTED + 1))

    @pytest.mark.parametrize(
        "name", ["../x.txt", "a/../../x", "/etc/x", "\\x", "C:\\x.txt", "a\\..\\..\\x", "c:x"]
    )
    def test_a_path_that_leaves_the_archive_is_refused(self, name: str) -> None:
        with pytest.raises(errors.ArchiveUnsafe):
            type_of(packing.packed({name: b"x"}))

    @pytest.mark.parametrize("name", ["a..b.txt", "现场/1..txt", "…/x", "甲:乙.txt"])
    def test_a_name_that_only_looks_so_is_taken(self, name: str) -> None:
        assert type_of(packing.packed({name: b"x"})).code == "zip"

    def test_a_link_out_of_the_archive_is_refused(self) -> None:
        with pytest.raises(errors.ArchiveUnsafe):
            type_of(packing.with_link())

    def test_what_a_header_claims_is_not_believed(self) -> None:
        with pytest.raises(errors.DamagedFile):
            type_of(packing.lying(b"0" * 10_000))

    def test_a_broken_archive_is_refused(self) -> None:
        whole = packing.packed({"a.txt": b"x" * 5_000})
        for broken in (b"PK\x03\x04", whole[:60], whole[:40] + b"\xff" * 8 + whole[48:]):
            with pytest.raises(errors.DamagedFile):
                type_of(broken)


class TestPasswords:
    @pytest.mark.parametrize(
        "data",
        [
            packing.locked(),
            packing.packed({"里层.zip": packing.locked()}),
            packing.compound("EncryptedPackage", "EncryptionInfo"),
            packing.compound("WordDocument", first=b"\xec\xa5".ljust(10, b"\0") + b"\0\1"),
            packing.compound("Workbook", first=b"\x09\x08\x10\0" + b"\0" * 16 + b"\x2f\0\x36\0"),
            packing.compound("PowerPoint Document", "EncryptedSummary"),
        ],
        ids=["zip", "zip in a zip", "docx", "doc", "xls", "ppt"],
    )
    def test_what_asks_for_a_password_is_refused(self, data: bytes) -> None:
        with pytest.raises(errors.PasswordProtected):
            type_of(data)

    def test_a_pdf_with_a_password_is_refused(self) -> None:
        with pytest.raises(errors.PasswordProtected):
            type_of(making.pdf(["正文"], locked=True))

    def test_a_broken_pdf_is_refused(self) -> None:
        with pytest.raises(errors.DamagedFile):
            type_of(b"%PDF-1.7\nnothing more")


@pytest.mark.parametrize(
    "data",
    [
        packing.office("word/", {"word/vbaProject.bin": b"x"}),
        packing.compound("WordDocument", "_VBA_PROJECT"),
        packing.packed({"表.xls": packing.compound("Workbook", "_VBA_PROJECT")}),
    ],
    ids=["docm", "doc", "xls in a zip"],
)
def test_macros_are_refused(data: bytes) -> None:
    with pytest.raises(errors.MacroInside):
        type_of(data)


@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", b"%PDF-", b"\xd0\xcf\x11"]))
def test_any_bytes_are_told_or_refused(data: bytes, head: bytes) -> None:
    try:
        assert type_of(head + data) in TYPES.values()
    except DocumentRefused as refusal:
        assert str(refusal).endswith("。")
