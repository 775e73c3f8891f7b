from __future__ import annotations

import subprocess
import sys

import pytest

from tests.kernel.documents.making import PLAN, packed, page, paragraphs_html, pdf, png, word
from zhengpin.kernel.documents import DocumentKind, errors, read_document
from zhengpin.kernel.errors import DocumentRefused

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ("\n".join(PLAN).encode(), DocumentKind.TEXT),
        (page(paragraphs_html(PLAN)).encode(), DocumentKind.HTML),
        (word(*PLAN), DocumentKind.DOCX),
        (pdf(PLAN), DocumentKind.PDF),
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.docx", "a.pdf", "a", "a.doc"])
def test_the_kind_is_found_from_the_bytes_whatever_the_name(
    data: bytes, kind: DocumentKind, name: str
) -> None:
    assert read_document(data, name).kind is kind


def test_the_name_decides_where_a_few_tags_stand_in_a_text() -> None:
    data = "甲<br>乙<br>".encode()
    assert read_document(data, "a.html").text == "甲\n乙"
    assert read_document(data, "a.txt").text == "甲<br>乙<br>"


def test_a_text_that_only_speaks_of_tags_is_a_text() -> None:
    text = "网页正文放在<p>和</p>之间。"
    assert read_document(text.encode(), "a.txt").text == text


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (OLE + "WordDocument".encode("utf-16-le"), errors.OldOffice),
        (OLE + "EncryptedPackage".encode("utf-16-le"), errors.Encrypted),
        (OLE + "Workbook".encode("utf-16-le"), errors.OtherOffice),
        (packed({"OFD.xml": b"<ofd/>", "Doc_0/Document.xml": b"<x/>"}), errors.FixedLayout),
        (packed({"[Content_Types].xml": b"", "xl/workbook.xml": b""}), errors.OtherOffice),
        (packed({"[Content_Types].xml": b"", "ppt/presentation.xml": b""}), errors.OtherOffice),
        (packed({"mimetype": b"application/epub+zip"}), errors.OtherOffice),
        (packed({"要点.txt": b"text"}), errors.Archive),
        (packed({}), errors.Archive),
        (b"{\\rtf1\\ansi plan}", errors.RichText),
        (png(), errors.Picture),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", errors.Picture),
        (b"Rar!\x1a\x07\x01\0abc", errors.Archive),
        (b"7z\xbc\xaf\x27\x1c\0\x04", errors.Archive),
        (
            b"From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n",
            errors.WebArchive,
        ),
        (
            b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w/>',
            errors.MarkupData,
        ),
    ],
)
def test_other_formats_are_refused_by_their_name(
    data: bytes, refusal: type[DocumentRefused]
) -> None:
    with pytest.raises(refusal):
        read_document(data, "a.docx")


def test_an_encrypted_file_asks_for_the_password_to_be_removed() -> None:
    with pytest.raises(DocumentRefused, match=r"加密.*请去除密码后再导入"):
        read_document(OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx")


def test_reading_a_plain_text_loads_no_parser() -> None:
    program = (
        "import sys; from zhengpin.kernel.documents import read_document;"
        "read_document(b'plan', 'a.txt');"
        "print(*{'lxml', 'docx', 'pypdfium2', 'charset_normalizer', 'zipfile'} & {*sys.modules})"
    )
    done = subprocess.run(  # noqa: S603 our own interpreter
        [sys.executable, "-c", program], capture_output=True, check=True, text=True
    )
    assert done.stdout.strip() == ""
