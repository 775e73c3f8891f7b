"""A kept name can be shown, stored and saved anywhere; Chinese stays."""

from __future__ import annotations

import pytest

from zhengpin.kernel.contents import TYPES, safe_name


@pytest.mark.parametrize(
    ("given", "code", "kept"),
    [
        (
            "关于印发《工作要点》的通知（终稿）.docx",
            "docx",
            "关于印发《工作要点》的通知（终稿）.docx",
        ),
        ("../../etc/passwd", "text", "passwd.txt"),
        ("C:\\照片\\现场 1.JPG", "jpeg", "现场 1.JPG"),
        ("发票.exe", "pdf", "发票.exe.pdf"),
        ("run.bat", "text", "run.bat.txt"),
        ("清单.csv", "text", "清单.csv"),
        ("发票\u202efdp.exe", "pdf", "发票fdp.exe.pdf"),
        ("a\r\nSet-Cookie: x=1\0.pdf", "pdf", "a Set-Cookie_ x=1.pdf"),
        ('<img src="x">.png', "png", "_img src=_x__.png"),
        ("", "pdf", "文件.pdf"),
        (".pdf", "pdf", "文件.pdf"),
        ("...", "pdf", "文件.pdf"),
        ("CON.txt", "text", "_CON.txt"),
        ("e\u0301.png", "png", "é.png"),
        ("half\ud800.png", "png", "half.png"),
    ],
)
def test_a_name_is_cleaned(given: str, code: str, kept: str) -> None:
    assert safe_name(given, TYPES[code]) == kept


def test_a_long_name_is_cut_before_its_ending() -> None:
    kept = safe_name("很" * 300 + ".docx", TYPES["docx"])
    assert kept.endswith("很.docx")
    assert len(kept.encode()) <= 245
    assert len(kept) <= 120
