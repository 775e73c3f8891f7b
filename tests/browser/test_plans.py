"""The five real plans and the sample: from the document to the confirmed plan and its exports."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pypdfium2
import pytest
from playwright.sync_api import expect

from tests.browser import steps
from tests.browser.conftest import SHOTS
from zhengpin.mechanisms.plans.models import Correction, Plan

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("browser"),
    pytest.mark.usefixtures("a_city"),
]

REAL = Path(__file__).parents[3] / "shared" / "plans"
SAMPLE = resources.files("zhengpin.samples").joinpath("plan.txt").read_text("utf-8")
# The sample with one name that no organization bears, one number left out, one list left open.
DOUBTFUL = SAMPLE.replace("（市林业局负责）", "（市园林绿化局负责）").replace(
    "（十二）加强商标", "（十三）加强商标"
)


@dataclass(frozen=True, slots=True)
class Journey:
    """How one plan is taken in: what is put right, and which unit is chosen for which words."""

    file: str
    is_pasted: bool = False
    puts_units_right: bool = False
    doubt: str = ""
    found_as: str = ""


JOURNEYS = (
    Journey("sample", is_pasted=True, doubt="市园林绿化局", found_as="林业"),
    Journey("000_2964c569f9bbfa0f.txt", doubt="海關", found_as="海关"),
    Journey("001_900cdcc3c7c5030f.txt", puts_units_right=True),
    Journey("002_0b0087d6ff75b3f4.txt", is_pasted=True, doubt="海关", found_as="海关"),
    Journey("003_745c7121ae85b8e7.txt", puts_units_right=True),
    Journey("004_a87a1e20bf7dfd85.txt", doubt="公安", found_as="公安"),
)


@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda one: one.file.partition("_")[0])
def test_the_office_takes_in_a_plan(
    open_page: Callable[..., Page], journey: Journey, tmp_path: Path
) -> None:
    source = document(journey, tmp_path)
    page = open_page()
    steps.sign_in(page)
    name = f"plan-{journey.file[:3]}"
    if journey.is_pasted:
        plan = steps.paste(page, source.read_text("utf-8-sig"))
    else:
        plan = steps.upload(page, source)
    steps.check(page, f"review-{name}")
    said = put_right(page, plan, journey)
    settle(page, plan, journey)
    page.get_by_role("button", name="核定", exact=True).click()
    page.wait_for_url(re.compile(f"/plans/{plan.uuid}$"))
    expect(page.get_by_role("status")).to_contain_text("计划已核定")
    steps.check(page, name)
    steps.fits_a_phone(page, name)
    exports_say_so(page, said)
    paper_holds_all(page, plan, name)
    import_again(page, source, journey, plan)


def document(journey: Journey, place: Path) -> Path:
    if journey.file == "sample":
        source = place / "plan.txt"
        source.write_text(DOUBTFUL, "utf-8")
        return source
    source = REAL / journey.file
    if not source.exists():
        pytest.skip("../shared is absent: the real plans are not taken in")
    return source


def put_right(page: Page, plan: Plan, journey: Journey) -> Correction:
    """Correct one clause: its first unit's name, or its time limit."""
    clause = plan.clauses.exclude(units=None).order_by("order")[4]
    piece = page.locator(f'[id="c-{clause.address}"]')
    piece.click()
    expect(page.locator("#card-title")).to_have_text(f"第 {clause.address} 款")
    assert page.url.endswith(f"?clause={clause.address}")
    expect(piece).to_be_in_viewport()
    page.locator("#correct > summary").click()
    if journey.puts_units_right:
        page.get_by_label("第 1 个单位", exact=True).fill("示例市公安局")
    else:
        page.get_by_label("时限", exact=True).fill("当年12月10日前")
    page.get_by_label("更正理由").fill("与印发文本核对")
    page.get_by_role("button", name="保存更正").click()
    expect(page.locator("#card .was")).to_contain_text("编译器读作")
    if journey.file == "sample":
        steps.check(page, "review-plan-corrected")
    said = Correction.objects.get()
    assert said.clause == clause
    assert said.after != said.before
    return said


def settle(page: Page, plan: Plan, journey: Journey) -> None:
    """Settle the problems: one by choosing an organization, one in own words, the rest ready."""
    page.goto(f"/plans/{plan.uuid}/review")
    if journey.found_as:
        page.locator(".problem", has_text=journey.doubt).first.get_by_role(
            "link", name="选定单位"
        ).click()
        page.get_by_label("在名录中查找").fill(journey.found_as)
        page.get_by_role("button", name="查找").click()
        page.locator(".choices button").first.click()
        expect(page.get_by_role("status")).to_contain_text("都已对应到这个单位")
        page.goto(f"/plans/{plan.uuid}/review")
    if plan.problems.unsettled().deciding().exists():
        first = page.locator(".problem").first
        first.get_by_text("另写处理意见").click()
        first.get_by_label("如何处理").fill("与起草单位核对，照原文")
        first.get_by_role("button", name="记为已处理").click()
        page.wait_for_url(re.compile("#doubts$"))
    steps.settle_all(page)
    assert not plan.problems.unsettled().deciding().exists()


def exports_say_so(page: Page, said: Correction) -> None:
    """Each export marks the corrected clause, and no other."""
    mark = "已更正：参加单位" if said.field == "units" else "已更正：时限"
    sheet = list(csv.reader(io.StringIO(_exported(page, "CSV").decode("utf-8-sig"))))
    assert [mark in "".join(row) for row in sheet].count(True) == 1
    book = openpyxl.load_workbook(io.BytesIO(_exported(page, "导出 XLSX")))
    cells = [str(cell) for row in book.worksheets[0].iter_rows(values_only=True) for cell in row]
    assert [mark in cell for cell in cells].count(True) == 1
    (told,) = json.loads(_exported(page, "JSON"))["corrections"]
    assert told["address"] == said.clause.address
    assert (told["field"], told["before"], told["after"]) == (said.field, said.before, said.after)


def _exported(page: Page, button: str) -> bytes:
    with page.expect_download() as kept:
        page.get_by_role("link", name=button).click()
    return Path(kept.value.path()).read_bytes()


def paper_holds_all(page: Page, plan: Plan, name: str) -> None:
    """On paper nothing of the frame is left and nothing of the plan is missing."""
    page.emulate_media(media="print")
    for part in (".nav", ".top", ".foot", ".head .act"):
        expect(page.locator(part)).to_be_hidden()
    SHOTS.mkdir(parents=True, exist_ok=True)
    paper = page.pdf(path=SHOTS / f"paper-{name}.pdf", format="A4", prefer_css_page_size=True)
    page.emulate_media(media="screen")
    text = re.sub(r"\s", "", _text_of(paper))
    missing = [
        clause.address
        for clause in plan.clauses.all()
        if re.sub(r"\s", "", clause.text) not in text
    ]
    assert missing == []


def _text_of(paper: bytes) -> str:
    """Return the text of all pages without the line that a browser may add at their foot."""
    document = pypdfium2.PdfDocument(paper)
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return text


def import_again(page: Page, source: Path, journey: Journey, plan: Plan) -> None:
    """The same document, byte for byte, is refused and named; nothing is written."""
    page.goto("/plans/import")
    if journey.is_pasted:
        page.locator(steps.TEXT_BOX).fill(source.read_text("utf-8-sig"))
    else:
        page.get_by_label("文件").set_input_files(source)
    count = Plan.objects.count()
    alert = steps.refused(page, page.get_by_role("button", name="导入并核对"))
    expect(alert).to_contain_text("已经导入")
    expect(alert).to_contain_text(str(plan))
    assert Plan.objects.count() == count
