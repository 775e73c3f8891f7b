"""Reads one printed name: regional prefix, function, whether it names one body or many."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from zhengpin.kernel.organizations.table import Period, table
from zhengpin.kernel.text.patterns import one_of

_LEVEL = one_of(
    "省 市 区 县 州 盟 旗 自治区 自治州 自治县 自治旗 地区 新区 兵团 师 镇 乡 街道 高新区 经开区"
)
_CENTRE = one_of("全国 国家 中央 中国 国务院 最高 中共 国家税务总局 中国共产党 中华人民共和国")
_PARTY = one_of("委 党委 党工委 工委 纪委")
# 市 of 市场, 市容, 市政园林, 市监 and 区 of 区域 are no prefix.
_NOT_A_LEVEL = re.compile(r"市(?:场|容|监|民|政(?!府|协|法|务))|区(?:域|块)|州际|省际|县域|旗下")
_UNIT_END = re.compile(
    one_of(
        "局 委 办 部 院 厅 署 司 处 科 股 所 队 站 社 中心 政府 公司 集团 办公室 小组 海关 银行"
        " 支行 分行"
        " 总部 协会 学会 商会 联合会"
        " 促进会 法院 检察院 公安 委员会 部门 单位 机关 管委会 街道 乡镇 镇街 总工会 妇联 团委"
        " 消委会 消保委 消协 工商联"
        " 残联 学校 院校 高校 大学 金融机构 企业 商协会 贸促会 联席会议 工作组 专班 监管所 派出所"
        " 总会 支队 总队 大队 基地"
    )
    + r"(?:\([^()]{1,16}\))?\Z"
)
_PHRASE = re.compile(
    r"[\s。，,;；:：!?？“”\"《》]|"
    + one_of(
        "加强 加大 开展 推进 推动 打击 查处 督促 严厉 强化 落实 监督检查 专项 违法 犯罪行为"
        " 以及其 进一步 做好 依法 建立 健全"
        " 完善 深入 提升 提高 规范 净化 营造 通过 对于 关于 按照 根据 积极 组织开展 严格 利用"
        " 发挥 充分 结合 移送 受理"
        " 办理 报送 报告 报 召开 参加 会同 聘请 具有 相关行业 设在 设立 成立 协助 支持 引导"
        " 鼓励 指导 协调"
    )
)
_LEADING_GROUP = re.compile(
    r"打击侵(?:权假冒|犯知识产权和制售假冒伪劣商品)|领导小组|工作组|联席会议|指挥部|委员会\Z"
)
_VERB_AT_START = re.compile(
    r"(?:组织(?!部|人事)|协调|指导|督促|推动|会同|对|向|与|把|将|引导|鼓励|支持|要求|请|由|使|让|帮助|配合|为)"
)
_NEEDS_NO_PREFIX = re.compile(
    one_of(
        "领导小组 团省委 团市委 团区委 团县委 共青团 双打办 打击侵"
        " 高新 经开 经济技术 开发区 自贸 保税 新区 园区 工业园 示范区"
    )
)
_BRANCH = re.compile(
    r"(?P<a>公安|工商|市场监管|市监|税务|国税|地税|环保|生态环境|规划|国土|质监|烟草|邮政|城管|食药监?|交警)"
    r"(?P<place>[\u4e00-\u9fff]{2,6}?)分局\Z"
)
_AREA_BRANCH = re.compile(
    r"(?P<place>[\u4e00-\u9fff]{2,5}?)(?P<base>(?:公安|工商|市场监管|税务|环保|生态环境|规划|国土)分局)\Z"
)
_CUSTOMS = re.compile(r"(?P<place>[\u4e00-\u9fff]{2,8}?)(?:隶属)?海关\Z")
_BANK = re.compile(
    r"(?:中国)?(?:人民银行|人行)(?:[\u4e00-\u9fff]{1,8}?(?:分行|中心支行|支行|总部|营业管理部|市分行))?\Z"
)
_BRANCH_BANK = re.compile(r"[\u4e00-\u9fff]{1,8}银行[\u4e00-\u9fff]{1,8}(?:分行|支行|营业部)\Z")


@dataclass(frozen=True, slots=True)
class Resolution:
    """单位名称的认定: what one printed name says.

    ``prefix`` is the regional prefix as printed (市, 自治区, 内蒙古, 市委), ``base`` the rest,
    ``functions`` the codes of the table. ``in_period`` is None where no year was asked or the name
    is not dated.
    """

    prefix: str
    base: str
    functions: tuple[str, ...]
    collective: bool
    corrected: str | None
    in_period: bool | None
    known: bool


def resolve(name: str, year: int | None = None) -> Resolution:
    """Return what ``name`` says; exact on prefix and base, never by similarity.

    ``name`` is in Simplified characters without blanks.
    """
    corrected = correct(name)
    whole = corrected or _half_width(name)
    prefix, base = split_prefix(whole)
    periods = _periods_of(whole, base)
    named = [one for one in periods if year is None or one.covers(year)]
    functions = tuple(dict.fromkeys(one.function for one in named or periods))
    dated = year is not None and bool(periods)
    return Resolution(
        prefix=prefix,
        base=base,
        functions=functions,
        collective=is_collective(whole),
        corrected=corrected,
        in_period=bool(named) if dated else None,
        known=bool(periods) or is_collective(whole),
    )


@lru_cache(maxsize=8192)
def split_prefix(name: str) -> tuple[str, str]:
    """Return the regional prefix and the rest: 市市场监管委 → 市, 市场监管委.

    A name that carries a place inside (公安宝坻分局, 呼和浩特海关, 宝坻检验检疫局) has no prefix.
    """
    name = _half_width(name)
    names = table().periods
    for place in range(len(name)):
        base = name[place:]
        if (base in names or _without_bracket(base) in names) and _is_prefix(name[:place], base):
            return name[:place], base
    if _holds_a_place(name):
        return "", name
    match = _prefix_pattern().match(name)
    prefix = match.group() if match else ""
    return (prefix, name[len(prefix) :]) if prefix and len(name) > len(prefix) + 1 else ("", name)


@lru_cache(maxsize=8192)
def is_unit_like(name: str) -> bool:
    """Tell whether ``name`` can be an organization: it is in the table, or ends as one does."""
    if not 2 <= len(name) <= 40 or _VERB_AT_START.match(name):
        return False
    whole = _half_width(name)
    if _periods_of(whole, split_prefix(whole)[1]) or is_collective(whole):
        return True
    if _PHRASE.search(_LEADING_GROUP.sub("", whole)) or whole.endswith(("企业", "机构")):
        return False
    return _UNIT_END.search(whole) is not None and len(whole) <= 30


@lru_cache(maxsize=8192)
def is_collective(name: str) -> bool:
    """Tell whether ``name`` is a class of bodies (各部门, 有关成员单位) and not one body."""
    return any(pattern.match(_half_width(name)) for pattern in table().collectives)


def stands_alone(name: str) -> bool:
    """Tell whether ``name`` never takes a prefix from the name before it."""
    whole = _half_width(name)
    if is_collective(whole) or _holds_a_place(whole) or split_prefix(whole)[0]:
        return True
    if whole.endswith(("公司", "集团", "大学")):
        return True
    return bool(_NEEDS_NO_PREFIX.match(whole) or _BRANCH_BANK.match(whole))


@lru_cache(maxsize=8192)
def correct(name: str) -> str | None:
    """Return ``name`` with a known slip or a doubled prefix mended, or None.

    A prefix is doubled where the name is unknown as printed and known without its first sign:
    市市委网信办 → 市委网信办, but 市市场监管局 and 市市政园林局 are right as they stand.
    """
    name = _half_width(name)
    for wrong, right in table().corrections.items():
        if wrong in name:
            return name.replace(wrong, right)
    if len(name) > 3 and name[0] == name[1] and name[0] in "省市区县州":
        shorter = name[1:]
        if not _is_known(name) and _is_known(shorter) and split_prefix(shorter)[0]:
            return shorter
    return None


def _is_known(name: str) -> bool:
    prefix, base = split_prefix(name)
    return base in table().periods and not prefix.startswith(("市市", "区区", "县县", "省省"))


def _half_width(name: str) -> str:
    return name.replace("（", "(").replace("）", ")")


def _without_bracket(base: str) -> str:
    """Return 商务局 of 商务局(市口岸办)."""
    return re.sub(r"\([^()]*\)\Z", "", base)


def _periods_of(name: str, base: str) -> tuple[Period, ...]:
    names = table().periods
    for one in (name, base, _without_bracket(base)):
        if one in names:
            return names[one]
    for pattern, base_of in _PATTERNS:
        match = pattern.match(name)
        if match:
            return names.get(base_of(match), ())
    for place in range(2, min(len(name) - 2, 7)):  # 宝坻检验检疫局: a place and a vertical body
        rest = name[place:]
        if rest in names and any(table().functions[one.function].local for one in names[rest]):
            return names[rest]
    return ()


_PATTERNS = (
    (_BRANCH, lambda match: f"{match['a']}分局"),
    (_AREA_BRANCH, lambda match: match["base"]),
    (_CUSTOMS, lambda _match: "海关"),
    (_BANK, lambda _match: "人民银行"),
)


def _holds_a_place(name: str) -> bool:
    """Tell whether a place stands in the name itself and not before it as a prefix."""
    if any(pattern.match(name) for pattern, _ in _PATTERNS):
        return True
    names = table().periods
    if name in names or _prefix_pattern().match(name):
        return False
    return any(
        name[place:] in names
        and any(table().functions[one.function].local for one in names[name[place:]])
        for place in range(2, min(len(name) - 2, 7))
    )


@lru_cache(maxsize=1)
def _prefix_pattern() -> re.Pattern[str]:
    provinces = table().provinces
    named = "|".join(sorted({*provinces, *provinces.values()}, key=len, reverse=True))
    place = rf"(?:{named}|[\u4e00-\u9fff]{{2,6}}?{_LEVEL})"
    not_a_level = _NOT_A_LEVEL.pattern
    return re.compile(
        rf"(?:{_CENTRE})?(?:{named})?(?:{named}|(?:(?!{not_a_level}){_LEVEL}))"
        rf"(?:(?!{not_a_level}){_LEVEL})?{_PARTY}?"
        rf"|{_CENTRE}|{place}{{1,3}}{_PARTY}?"
    )


def _is_prefix(prefix: str, base: str) -> bool:
    """Tell whether ``prefix`` is a region: a level, a province, a named place, or nothing."""
    if not prefix:
        return True
    match = _prefix_pattern().fullmatch(prefix)
    if match is None or _doubled(prefix):
        return False
    if re.search(rf"{_PARTY}\Z", prefix):
        names = table().periods.get(base, ())
        return any(table().functions[one.function].party for one in names)
    return True


def _doubled(prefix: str) -> bool:
    return len(prefix) > 1 and prefix[0] == prefix[1] and prefix[0] in "省市区县州"
