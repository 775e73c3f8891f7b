from __future__ import annotations

import pytest

from tests.kernel.documents.making import PLAN
from zhengpin.kernel.documents import DocumentKind, errors, read_document

TEXT = "\r\n".join(["　　" + line for line in PLAN]) + "\r\n\r\n"
TRADITIONAL = "各區打擊侵權假冒工作領導小組：\n現將工作要點印發給你們，請認真貫徹執行。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "gb18030"])
def test_a_text_is_returned_exactly_in_whichever_codec_it_came(encoding: str) -> None:
    document = read_document(TEXT.encode(encoding), "要点.txt")
    assert document.text == TEXT
    assert (document.kind, document.encoding) == (DocumentKind.TEXT, encoding)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
        (b"\x84\x31\x95\x33", "gb18030"),
    ],
)
def test_a_byte_order_mark_decides_and_is_not_part_of_the_text(mark: bytes, encoding: str) -> None:
    document = read_document(mark + TEXT.encode(encoding), "a.txt")
    assert (document.text, document.encoding) == (TEXT, encoding)


def test_big5_is_told_from_gb18030_which_would_decode_it_too() -> None:
    data = TRADITIONAL.encode("big5")
    assert data.decode("gb18030") != TRADITIONAL
    document = read_document(data, "a.txt")
    assert (document.text, document.encoding) == (TRADITIONAL, "big5hkscs")


def test_traditional_characters_in_gb18030_are_not_taken_for_big5() -> None:
    document = read_document(TRADITIONAL.encode("gb18030"), "a.txt")
    assert (document.text, document.encoding) == (TRADITIONAL, "gb18030")


def test_one_line_of_gb18030_is_enough() -> None:
    assert read_document("市公安局负责".encode("gb18030"), "a").text == "市公安局负责"


def test_english_in_utf16_without_mark_is_read() -> None:
    document = read_document("No. 1\r\nplan".encode("utf-16-le"), "a.txt")
    assert document.text == "No. 1\r\nplan"


def test_the_digest_is_of_the_bytes_and_the_name_has_no_directory() -> None:
    document = read_document(b"abc", r"C:\文件\要点.txt")
    assert document.name == "要点.txt"
    assert document.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert read_document(b"a", "var/plan.txt").name == "plan.txt"


def test_form_feeds_and_tabs_are_text() -> None:
    assert read_document("甲\f乙\t丙".encode(), "a.txt").text == "甲\f乙\t丙"


@pytest.mark.parametrize("data", [b"", b" \r\n\t", "　　\n".encode(), b"\xef\xbb\xbf\r\n"])
def test_nothing_but_white_space_is_refused_as_empty(data: bytes) -> None:
    with pytest.raises(errors.EmptyDocument):
        read_document(data, "a.txt")


def test_broken_utf8_is_refused_and_the_codecs_tried_are_named() -> None:
    data = TEXT.encode()[:-7] + b"\xe4\xb8"
    with pytest.raises(errors.Undecodable, match="UTF-8、UTF-16、GB18030、Big5"):
        read_document(data, "a.txt")


def test_a_mark_that_lies_is_refused() -> None:
    with pytest.raises(errors.Undecodable):
        read_document(b"\xef\xbb\xbf" + TEXT.encode("gb18030"), "a.txt")


@pytest.mark.parametrize(
    "data",
    [
        b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0",
        b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0",
        "市公安局\0负责".encode(),
        b"plan\x01\x02",
    ],
)
def test_binary_content_is_refused(data: bytes) -> None:
    with pytest.raises(errors.NotText):
        read_document(data, "a.txt")


def test_a_file_over_twenty_megabytes_is_refused_before_it_is_read() -> None:
    data = b"%PDF-1.7" + b" " * (20 * 1024 * 1024)
    with pytest.raises(errors.TooLarge):
        read_document(data, "a.pdf")
