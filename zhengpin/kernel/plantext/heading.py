"""What a plan says of itself: titles, issuer, number, date, addressees, year and region.

Invariant: a field the document does not state is None; nothing is taken from what it cites.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from zhengpin.kernel.organizations import is_unit_like, table
from zhengpin.kernel.text.dates import DATE, parse_date
from zhengpin.kernel.text.patterns import one_of

if TYPE_CHECKING:
    from zhengpin.kernel.plantext.layout import Line, Page

Place = tuple[int, int]

_BRACKETED_YEAR = r"[〔\[(【](?:19|20)[0-9]{2}[〕\])】]"
NUMBER = rf"[\u4e00-\u9fff]{{1,10}}{_BRACKETED_YEAR}第?[0-9]{{1,5}}号"
_OWN_NUMBER = re.compile(rf"(?:{one_of('发文字号 文号 文件编号')}:?)?(?P<number>{NUMBER})\Z")
_DATE_LINE = re.compile(
    rf"(?:{one_of('成文 印发 发文 制定')}{one_of('日期 时间')}:?)?\(?{DATE.pattern}\)?(?:印发)?\Z"
)
_ANNEX = re.compile(r"附(?:件|表)?[0-9一二三四五]{0,2}:?\Z")
_MARK = re.compile(r"\(?(?:此件)?(?:公开发布|主动公开|依申请公开|不予公开|公开属性:.{2,8})\)?\Z")
_PLAN = one_of(
    "要点 方案 计划 分解表 任务分解 责任分解 分工 分工表 任务表 任务书"
    " 任务清单 清单 台账 意见 安排 部署 措施 规划 纲要 办法 规定 规程 制度"
)
_TITLE = re.compile(rf".{{4,120}}{_PLAN}(?:\(.{{1,16}}\))?\Z")
_SUBJECT = one_of("工作 行动 整治 治理 打击 打假 双打 保护 知识产权 正版化")
_MAY_BE_TITLE = re.compile(rf"(?=.*{_SUBJECT})(?=.*(?:[0-9]{{4}}|年|专项)).{{8,120}}\Z")
_NOTICE = re.compile(rf".{{0,60}}关于.{{4,120}}的{one_of('通知 意见 函 决定 通报')}\Z")
_ISSUES = one_of("印发 下发 转发 做好 开展 进一步 贯彻 认真")
_FROM_NOTICE = re.compile(rf"(?P<issuer>.{{4,40}}?)关于{_ISSUES}")
_IN_BOOK = rf"《(?P<title>[^《》]{{6,100}}{_PLAN}(?:\([^()]{{1,16}}\))?)》"
_CITED_PLAN = re.compile(rf"{_IN_BOOK}(?!\([^()]*号)")
_ISSUED = re.compile(rf"(?:现将|制定|印发)[^。]{{0,20}}{_IN_BOOK}")
_YEAR = re.compile(r"(?P<year>(?:19|20)[0-9]{2})年?")
_OPENING_YEAR = re.compile(r"(?:做好|开展)?(?P<year>(?:19|20)[0-9]{2})年")
_SIGN_OFF = re.compile(
    one_of(
        r"抄送 抄报 附件 附表 附: 联系人 联系电话 联系方式 .{2,60}日印发\Z 印发 共印 主题词 校对"
        r" 注: 备注: 填表说明: 请[^。]{0,60}(?:报送|报至|上报)"
        r" \((?:联系人|此件|附) 编辑: 责任编辑 信息来源"
    )
)

_MUNICIPALITIES = ("北京市", "天津市", "上海市", "重庆市")
_DIVISION = one_of(
    "自治州 自治县 自治旗 地区 新区 市(?!场|民|监|容|政园|直|级|属|委) 盟(?!行)"
    " 州(?=市|打|知) 县(?!级|直|域|乡) 旗(?!下|帜) 区(?!域|块|级|直|县|分)"
)
_NOT_A_PLACE = re.compile(
    r"自治区\Z|"
    + one_of(
        "直辖 全国 全省 全市 全区 全县 各 本 我 年 度 关于 印发 开展 工作 农村 城乡 重点 集中"
    )
)


@dataclass(slots=True)
class Heading:
    """What a plan says of itself, as compact ranges; ``letter``: lines of the covering letter."""

    title: list[Place] = field(default_factory=list)
    cited_title: Place | None = None
    notice_title: list[Place] = field(default_factory=list)
    issuer: list[Place] = field(default_factory=list)
    number: Place | None = None
    issued_on: str | None = None
    addressees: list[Place] = field(default_factory=list)
    year: int | None = None
    region: str | None = None
    letter: list[Place] = field(default_factory=list)
    other: list[Place] = field(default_factory=list)


def end_of_body(page: Page, last_marker: int) -> int:
    """Return the compact place where sign-off, annex list and copies begin after the last item."""
    end = len(page.text)
    for index in range(len(page.lines) - 1, -1, -1):
        line, start = page.lines[index], page.starts[index]
        if start <= last_marker or line.cells:
            break
        below = end < len(page.text) and len(line.text) <= 40
        if not (_is_sign_off(line) or (below and _is_organ(line))):
            if not (below and _belongs_to_annex(page, index)):
                break
            continue
        end = start
    return end


def _is_sign_off(line: Line) -> bool:
    return any(kind.match(line.text) for kind in (_SIGN_OFF, _DATE_LINE, _MARK))


def _is_organ(line: Line) -> bool:
    text = line.text
    return not re.search(r"[。,;:!?]", text) and is_unit_like(text)


def _belongs_to_annex(page: Page, index: int) -> bool:
    """Tell whether a short line stands in the list under 附件：."""
    for before in range(index - 1, max(index - 12, -1), -1):
        if page.lines[before].text.startswith(("附件:", "附件1", "附:")):
            return True
        if "。" in page.lines[before].text:
            return False
    return False


def read_heading(page: Page, first: int, last: int) -> Heading:
    """Return what the lines before ``first`` and after ``last`` say of the plan."""
    heading = Heading()
    top = [
        (replace(line, text=line.text[: first - start]), start)
        for line, start in zip(page.lines, page.starts, strict=True)
        if start < first
    ]
    _read_lines(page, heading, top)
    if not heading.title:
        issuing = re.search("印发|下发|转发", _joined(page, heading.notice_title))
        heading.title = heading.other if issuing else heading.notice_title or heading.other
    bottom = [
        (line, start) for line, start in zip(page.lines, page.starts, strict=True) if start >= last
    ]
    _read_sign_off(heading, bottom, last_only=bool(heading.issued_on))
    if not heading.title:
        heading.cited_title = _cited_title(page, first)
    if not heading.issuer and heading.notice_title:
        start, end = heading.notice_title[0]
        match = _FROM_NOTICE.match(_joined(page, heading.notice_title))
        if match and is_unit_like(match["issuer"]) and match.end("issuer") <= end - start:
            heading.issuer = [(start, start + match.end("issuer"))]
    _year_and_region(page, heading, first)
    return heading


def _joined(page: Page, places: list[Place]) -> str:
    return "".join(page.text[start:end] for start, end in places)


def _read_lines(page: Page, heading: Heading, top: list[tuple[Line, int]]) -> None:
    """Sort the lines above the body: letterhead, number, titles, addressees, date, mark."""
    block: list[Place] = []
    for line, start in top:
        place = (start, start + len(line.text))
        if _is_plain(line):
            block = _extend(page, heading, block, place)
            continue
        if _DATE_LINE.match(line.text):
            heading.issued_on = parse_date(line.text)
            _organ_before(page, heading, block)
        elif line.text == "文件" and block:
            heading.issuer, block = block, []
        _settle(page, heading, block)
        _read_line(heading, line.text, start)
        if _is_letter(line.text):
            heading.letter.append(place)
        block = []
    _settle(page, heading, block)


def _is_plain(line: Line) -> bool:
    """Tell whether a line may be part of a title: no stops, no date, no number of its own."""
    text = line.text
    if line.cells or text == "文件" or re.search("[。;!?:]", text):
        return False
    return not (
        _OWN_NUMBER.match(text)
        or _DATE_LINE.match(text)
        or _MARK.match(text)
        or _ANNEX.match(text)
    )


def _read_line(heading: Heading, text: str, start: int) -> None:
    number = _OWN_NUMBER.match(text)
    if number and heading.number is None:
        heading.number = (start + number.start("number"), start + number.end("number"))
    elif text.endswith(":") and not heading.addressees and _is_addressees(text):
        heading.addressees = _addressees(text, start)
        heading.letter.append((start, start + len(text)))


def _is_letter(text: str) -> bool:
    """Tell whether a line belongs to the covering letter and not to the plan."""
    own = (
        _OWN_NUMBER.match(text)
        or _DATE_LINE.match(text)
        or _MARK.match(text)
        or _ANNEX.match(text)
    )
    told = re.search(r"(?:印发|下发)给你们", text)
    return bool(own or told) or text == "文件"


def _extend(page: Page, heading: Heading, block: list[Place], place: Place) -> list[Place]:
    joined = _joined(page, block)
    if block and (joined.endswith("文件") or _TITLE.match(joined) or _NOTICE.match(joined)):
        _settle(page, heading, block)
        block = []
    text = page.text[place[0] : place[1]]
    if text.endswith("文件") and is_unit_like(_joined(page, block) + text[:-2]):
        heading.issuer = [*block, (place[0], place[1] - 2)]
        return []
    return [*block, place]


def _settle(page: Page, heading: Heading, block: list[Place]) -> None:
    """Decide what a block of lines without stops is."""
    joined = _joined(page, block)
    if not joined:
        return
    if _NOTICE.match(joined):
        if not heading.notice_title:
            heading.notice_title = block
    elif _TITLE.match(joined):
        heading.title = block
    elif _MAY_BE_TITLE.match(joined):
        heading.other = block


def _organ_before(page: Page, heading: Heading, block: list[Place]) -> None:
    if block and not heading.issuer and is_unit_like(_joined(page, block)):
        heading.issuer = block


def _read_sign_off(heading: Heading, bottom: list[tuple[Line, int]], *, last_only: bool) -> None:
    organ: list[Place] = []
    for line, start in bottom:
        place = (start, start + len(line.text))
        if _DATE_LINE.match(line.text):
            if not last_only and heading.issued_on is None:
                heading.issued_on = parse_date(line.text)
            if organ and not heading.issuer:
                heading.issuer = organ
            organ = []
        elif _is_organ(line) or (organ and len(line.text) < 30):
            organ = [*organ, place]
        else:
            organ = []


def _is_addressees(text: str) -> bool:
    if re.search("[《。]|如下", text):
        return False
    return bool(
        re.match(
            r"(?:各|市|省|区|县|自治|全|有关|领导小组|[\u4e00-\u9fff]{2,8}(?:省|市|区|县))", text
        )
    ) and bool(re.search(r"各|政府|部门|单位|小组|局|委|办|厅|院|机构|企业", text))


def _addressees(text: str, start: int) -> list[Place]:
    body = text.rstrip(":")
    signs = "[,;]" if re.search("[,;]", body) else "[、]"
    return [
        (start + match.start(), start + match.end())
        for match in re.finditer(rf"[^{signs[1:-1]}]+", body)
    ]


def _cited_title(page: Page, first: int) -> Place | None:
    """Return the plan's title as its own text cites it, where it has no title line."""
    issued = _ISSUED.search(page.text, 0, first)
    if issued:
        return issued.span("title")
    opening = _OPENING_YEAR.search(page.text, 0, min(first, 400))
    region = _region(page.text[: first + 200])
    if opening is None or not region:
        return None
    for match in _CITED_PLAN.finditer(page.text):
        title = match["title"]
        own = all(word in title for word in (opening["year"], region[:2], "打击"))
        if own and "全国" not in title:
            return match.span("title")
    return None


def _year_and_region(page: Page, heading: Heading, first: int) -> None:
    own = _joined(page, heading.title) or _joined(page, heading.notice_title)
    if not own and heading.cited_title:
        own = page.text[heading.cited_title[0] : heading.cited_title[1]]
    year = _YEAR.search(own) or _OPENING_YEAR.search(page.text, 0, min(first, 400))
    if heading.issued_on and not _YEAR.search(own):
        heading.year = int(heading.issued_on[:4])
    elif year:
        heading.year = int(year["year"])
    names = " ".join((own, _joined(page, heading.issuer), _joined(page, heading.notice_title)))
    head = page.text[: first + 300]
    if "全国" not in own:
        heading.region = _region(names) or _region(head) or _most_named(page.text)
    if heading.region:
        heading.region = _within(heading.region, head)


@lru_cache(maxsize=1)
def _places() -> re.Pattern[str]:
    provinces = "|".join(sorted(table().provinces, key=len, reverse=True))
    return re.compile(rf"(?P<province>{provinces})|(?P<place>[\u4e00-\u9fff]{{2,6}}?{_DIVISION})")


def _region(text: str) -> str | None:
    for match in _places().finditer(text):
        if match["province"]:
            return table().provinces[match["province"]]
        name = re.sub(r".*(?:年|度|关于|印发|做好|转发|下发|开展)", "", match["place"])
        if len(name) >= 3 and not _NOT_A_PLACE.search(name):
            return name
    return None


def _most_named(text: str) -> str | None:
    """Return the province a text names most often, where its heading names none."""
    counts = Counter(match["province"] for match in _places().finditer(text) if match["province"])
    return table().provinces[counts.most_common(1)[0][0]] if counts else None


def _within(region: str, head: str) -> str:
    """Put the municipality before the name of its district, where the heading names it."""
    if region in table().provinces.values() or not region.endswith(("区", "县")):
        return region
    return next((city for city in _MUNICIPALITIES if city in head), "") + region
