from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle

from tests.kernel.documents.making import FONT, PLAN, STYLE, TITLE, drawn, pdf, picture
from zhengpin.kernel.documents import DocumentKind, errors, read_document

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

LONG_PLAN = [TITLE, *PLAN[1:] * 4]


def lines(data: bytes) -> list[str]:
    document = read_document(data, "a.pdf")
    assert (document.kind, document.encoding) == (DocumentKind.PDF, None)
    return document.text.split("\n")


@pytest.mark.parametrize("alignment", [0, 4])
@pytest.mark.parametrize(
    "footer", ["- {page} -", "— {page} —", "第 {page} 页 共 9 页", "{page}/9"]
)
def test_wrapped_paragraphs_are_joined_across_lines_and_pages(
    footer: str, alignment: Literal[0, 4]
) -> None:
    style = ParagraphStyle("aligned", parent=STYLE, alignment=alignment)
    assert lines(pdf(LONG_PLAN, style=style, footer=footer)) == LONG_PLAN


def test_paragraphs_without_indent_are_told_apart_by_their_distance() -> None:
    style = ParagraphStyle("spaced", parent=STYLE, firstLineIndent=0, spaceAfter=10)
    assert lines(pdf(LONG_PLAN, style=style)) == LONG_PLAN


def test_running_headers_are_taken_away_whatever_their_digits() -> None:
    data = pdf(LONG_PLAN, header="某市人民政府公报", footer="2024年第3期　第{page}页")
    assert lines(data) == LONG_PLAN


def test_a_line_that_repeats_in_the_text_stays() -> None:
    plan = [TITLE, *["（市市场监管局负责）"] * 60]
    assert lines(pdf(plan)) == plan


def test_english_words_are_joined_with_a_space_and_numbers_without() -> None:
    plan = [TITLE, "加强国际合作，落实Anti-Counterfeiting Trade Agreement的要求，" * 6]
    assert lines(pdf(plan)) == plan


def test_a_centred_title_of_two_lines_keeps_them() -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFont(FONT, 22)
        canvas.drawCentredString(A4[0] / 2, 760, "某市打击侵犯知识产权和制售假冒")
        canvas.drawCentredString(A4[0] / 2, 730, "伪劣商品工作要点")
        canvas.setFont(FONT, 16)
        for row in range(10):
            canvas.drawString(
                90, 680 - row * 28, "依法严厉打击侵权假冒违法犯罪行为维护公平竞争秩序"
            )

    assert lines(drawn(page))[:2] == ["某市打击侵犯知识产权和制售假冒", "伪劣商品工作要点"]


def test_a_single_character_on_a_line_is_not_lost() -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(122, 700, "依法严厉打击侵权假冒违法犯罪行为维护市场秩序。")
        canvas.drawString(90, 672, "依法严厉打击侵权假冒违法犯罪行为维护公平竞争秩序落")
        canvas.drawString(90, 644, "实")
        canvas.drawString(122, 616, "完")

    assert "".join(lines(drawn(page))).endswith("秩序落实完")


def test_equal_lines_one_below_the_other_are_all_read() -> None:
    def page(canvas: Canvas) -> None:
        for row in range(9):
            canvas.drawString(122, 700 - row * 28, "（市市场监管局负责）")

    assert lines(drawn(page)) == ["（市市场监管局负责）"] * 9


def test_a_page_written_in_disorder_is_read_from_top_to_bottom() -> None:
    def page(canvas: Canvas) -> None:
        for row in (3, 0, 2, 1):
            canvas.drawString(
                122, 700 - row * 28, f"第{'一二三四'[row]}项任务由市公安局负责落实。"
            )

    assert [line[1] for line in lines(drawn(page))] == list("一二三四")


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_is_read_as_it_is_turned(turn: int) -> None:
    def page(canvas: Canvas) -> None:
        canvas.translate(A4[0] / 2, A4[1] / 2)
        canvas.rotate(turn)
        for row in range(4):
            canvas.drawString(
                -200, 80 - row * 28, f"第{'一二三四'[row]}项任务由市公安局负责落实。"
            )

    assert [line[1] for line in lines(drawn(page))] == list("一二三四")


def test_a_watermark_set_askew_is_left_out() -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(90, 700, "各区要认真贯彻执行工作要点，按时报送总结。")
        canvas.rotate(45)
        canvas.drawString(300, 100, "内部资料")

    assert lines(drawn(page)) == ["各区要认真贯彻执行工作要点，按时报送总结。"]


def test_radicals_are_read_as_the_characters_they_stand_for() -> None:
    from zhengpin.kernel.documents.characters import unified  # noqa: PLC0415 the one pure part

    assert unified("⼯作⾏动，⺠⽣、⻋辆") == "工作行动，民生、车辆"


def test_a_pdf_that_needs_a_password_is_refused() -> None:
    with pytest.raises(errors.Encrypted):
        read_document(pdf(PLAN, locked=True), "a.pdf")


def test_a_scanned_pdf_is_refused_with_what_to_provide() -> None:
    with pytest.raises(errors.Scanned, match=r"扫描件.*请提供带文字层的PDF或Word"):
        read_document(drawn(picture, picture), "a.pdf")


def test_a_scanned_page_among_others_is_refused_and_named() -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(90, 400, "各区要认真贯彻执行工作要点，按时报送总结。")

    with pytest.raises(errors.Scanned, match="第2页是扫描件"):
        read_document(drawn(page, picture, page), "a.pdf")


def test_a_small_picture_beside_the_text_is_no_scan() -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(90, 700, "各区要认真贯彻执行工作要点，按时报送总结。")
        canvas.scale(0.2, 0.2)
        picture(canvas)

    assert len(lines(drawn(page))) == 1


def test_a_pdf_without_any_text_is_refused_as_scanned() -> None:
    with pytest.raises(errors.Scanned):
        read_document(drawn(lambda canvas: canvas.line(0, 0, 9, 9)), "a.pdf")


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", pdf(PLAN)[:300], b"%PDF-1.4\n1 0 obj\nendobj\n"])
def test_a_corrupt_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(errors.CorruptPdf):
        read_document(data, "a.pdf")


def test_foreign_bytes_before_the_header_do_no_harm() -> None:
    assert lines(b"HTTP/1.1 200 OK\r\n\r\n" + pdf(PLAN)) == PLAN
