"""The words with which plans assign work, as patterns over folded text without blanks."""

from __future__ import annotations

import re

from zhengpin.kernel.text.patterns import one_of

_WHOSE = one_of("各自 部门 单位 其 有关 相应 法定 实施方案的内容及")
_DUTIES = one_of("职责 职能 职权 分工 权限 部门分工 任务")
_SHARES = one_of("任务分工 工作分工 职责分工 职能分工 分工 范围 要求 权限 规定")
_BY_DUTY = (
    rf"(?:[按依][照据]?|根据|结合)着?本?{_WHOSE}*的?(?:工作|监管|行业|管理|法定)?{_DUTIES}"
    rf"(?:(?:任务|权限|职责|职能)?[和及与、]?{_SHARES})*(?:范围内|内)?"
)
_ADVERB = one_of(
    "分别 共同 具体 联合 密切 积极 协同 主动 予以 做好 各自 分工 认真 全力 依法 应 要 抓好 组织"
    " 统一 牵头 分头 组织好 督促 指导 按职能 有序 扎实 深入 及时"
)
_VERB = one_of(
    "牵头 主办 主责 主抓 负责 承办 协办 配合 协助 参加 参与 落实 实施 执行 协作 支持 推进 推动"
    " 办理 会办 完成 开展 统筹 统筹协调 组织协调 统筹推进 抓总 主导"
    " 为主 负总责 督办 督导 指导 监督 抓落实 落地 保障"
    " 各负其责 齐抓共管"
)
_STOP = r"(?=[,;、。:]|$)"
# 市财政局负责经费保障: a verb with the part of the work that falls to the unit.
_PART_VERB = one_of("牵头负责 牵头 负责 承担 配合做好 协助做好 做好 提供 依法办理 依法查处")
_PART = rf"[^,;、。:()]{{2,24}}?(?=[,;。]|$|、[^,;、]{{2,16}}{_PART_VERB})"
ROLE = re.compile(
    rf"(?:在?(?P<d1>{_BY_DUTY})[,、]?|{_ADVERB})*{_VERB}"
    rf"(?:{_ADVERB}|{_VERB}|工作|(?P<d2>{_BY_DUTY}))*{_STOP}"
    rf"|{_ADVERB}*(?P<d3>{_BY_DUTY}){_STOP}"
    rf"|{_ADVERB}*{_PART_VERB}{_PART}"
    rf"|作?为{one_of('牵头 主办 责任 承办 配合 协办 参与 参加')}(?:责任)?(?:单位|部门){_STOP}"
)
STEP_IN = re.compile(
    rf"\((?P<word>[^()]{{0,6}}{one_of('牵头 负责 配合 主办 协办 承办 参加')}[^()]{{0,6}})\)\Z"
)
_LABEL_WORD = one_of(
    "牵头 责任 主办 主责 主管 承办 负责 实施 落实 执行 配合 协办 协助 协同 参加 参与 支持 会办"
    " 成员 共同"
)
LABEL = re.compile(
    rf"【?(?:主要|共同|具体)?"
    rf"(?P<word>{_LABEL_WORD}{one_of('牵头 责任 主办 承办 负责 实施 配合 协办 参加 参与')}?)"
    rf"(?:(?:[及和、](?:责任|配合|参加))?{one_of('单位 部门 机构 机关 处室 科室 股室')}"
    r"(?:\([^()]{1,12}\))?(?:[:为]|】:?|(?=[省市区县州盟旗各]|自治))"
    r"|(?<=牵头|责任|主办|承办|配合|协办|参加|参与):)"  # 牵头:X;配合:Y
)
# 列第一位者为牵头单位: said once, in a bracket, a table header or a note, of all other lists.
FIRST_LEADS = re.compile(
    rf"{one_of('排名 排 列 排列 位列 居')}?在?{one_of('第一 第一位 首位 第一个 首个 最前')}"
    rf"{one_of('的 者 责任')}*(?:单位|部门|处室)?[为是]{one_of('牵头 总牵头 主办 主责')}"
    r"(?:负责|责任)?(?:单位|部门|处室)?(?:,?下同)?"
)
DUE_LABEL = re.compile(
    rf"【?{one_of('完成 办结 整改 落实 实施 时间 工作')}?{one_of('时限 时间 期限 节点 时间节点')}"
    r"(?:要求|节点)?(?::|】:?)"
)
SETS_DUE = re.compile(
    one_of(
        "完成 推进 坚持 开展 实施 时限 期限 落实 前 底 初 旬 日 月 年 季度 长期 持续 全年 适时"
        " 按时 及时 即时"
        " 立即 立行立改 到位 启动"
    )
)
_NO_UNIT = r"[^局委办部院厅,;]"
_REACHES = one_of("取得 形成 建成 实现 达到")
_YEAR_PART = one_of("上半年 下半年 年内 年底 年末 全年 月底 上旬 中旬 下旬 底 初 末")
DUE_ONLY = re.compile(
    r"(?:[于在]?(?:每?(?:20)?[0-9]{2,4}年)?(?:[0-9]{1,2}月)?(?:[0-9]{1,2}[日号])?"
    rf"{_YEAR_PART}?{one_of('前 之前 以前 内')}?"
    rf"(?:{one_of('完成 启动 实施 办结 落实到位 基本完成')}|{_REACHES}{_NO_UNIT}{{1,12}})?"
    rf"|每(?:年|季度?|半?月|周|半年){_NO_UNIT}{{0,8}}"
    rf"|并?{one_of('长期 持续 常年 全年 常态 常态化')}{one_of('坚持 推进 开展 实施 落实 进行')}*"
    r"|(?:完成|办结|整改)?(?:时限|时间|期限)[:为]?[^,;]{0,20}"
    rf"|{one_of('适时 按时 及时 即时 立行立改 立即')}(?:完成|推进|开展)?"
    rf"|{_NO_UNIT}{{1,14}}(?:完成|到位|启动)|{_NO_UNIT}{{1,12}}(?:之?前|以前|期间))\Z"
)
OPEN_END = re.compile(
    r"等(?P<rest>(?:[0-9一二三四五六七八九十]{1,3}(?:个|家))?"
    rf"(?:[^,;、]{{0,22}}?{one_of('部门 单位 机构 机关 成员单位 部委办局 委办局 有关方面')})?)\Z"
)
JOINT = re.compile(r"会同|商(?=[市省区县州])|联合(?=[市省区县州])")
_LEVELS = one_of("省 市 县 区 州 盟 旗 乡 镇 街道 开发区 自治区 自治州 自治县")
SEPARATOR = re.compile(r"[、,;/]|以及|[及和与]|(?<=[局委办部院厅])暨")
ENDS_LIKE_A_UNIT = re.compile(
    one_of(
        "局 委 办 部 院 厅 署 司 处 科 股 所 队 站 中心 政府 公司 集团 办公室 小组 海关 银行"
        " 支行 分行 总部"
        " 协会 学会 商会"
        " 联合会 法院 检察院 公安 委员会 部门 单位 机关 管委会 街道 乡镇 镇街 组"
    )
    + r"(?:\([^()]*\))?\Z"
)
# 各市、县人民政府: one class of bodies and not two.
GOES_ON = re.compile(
    rf"(?:{_LEVELS}、)*{_LEVELS}(?:\([^()]*\))?(?:人民政府|政府|办事处|管委会|党委政府)(?=[,;、(]|\Z)"
)
ALL_LEVELS = re.compile(rf"各{_LEVELS}+(?:、{_LEVELS})*\Z")
# 发展和改革, 文化和旅游: 和 inside one name.
HALF_A_NAME = re.compile(
    rf".{{0,4}}{one_of('发展 规划 住房 经济 文化 工业 人力资源 国防 卫生')}\Z"
)
NOT_IN_A_NAME = re.compile(
    r"[。:!?“”《》]|[0-9]+[年月日]|" + one_of("谁 自行 以下简称 设在 不得 是否 如果 可以")
)
_OPENERS = one_of(
    "原则上 具体 分别 其中 请 并 各项工作 此项工作 该项工作 本项工作"
    " 以上 上述 以上工作 上述工作 以上任务 上述任务 日常工作 具体工作 该工作 此工作"
)
BEFORE_A_NAME = re.compile(rf"(?:{_OPENERS}*由|以(?=[^,;]*为主)|请|其中|[,;、。:])+")
# Words beside a name that change nothing: 排名不分先后, (以下简称市双打办), 作为牵头单位.
REMARK = re.compile(
    r"[,;]?排名不分先后|\(以下(?:简称|称)[^()]{1,30}\)|,?作为(?:本|此)?[^,。;]{0,8}(?:单位|部门)(?=,|\Z)"
)
_PERSON = one_of("领导 责任人 联系人 负责人")
PERSON_LABEL = re.compile(rf"(?:责任|分管|主管|牵头|市级|县级|区级)?{_PERSON}:")
TASK_LABEL = re.compile(
    rf"(?:主要|具体|重点)?(?:工作|任务)?{one_of('内容 任务 措施 举措 目标 要求 任务措施')}:"
)
