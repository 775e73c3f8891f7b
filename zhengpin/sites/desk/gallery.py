"""The components with invented sample data, for the page that shows them all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from django import forms
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from zhengpin.base.access.web.forms import ReasonForm

if TYPE_CHECKING:
    from django.utils.safestring import SafeString


class _SampleForm(forms.Form):
    due = forms.CharField(
        label="时限", required=False, help_text="原文怎么写就怎么填；没有写就留空。"
    )
    mode = forms.ChoiceField(label="分工方式", choices=[("by-duty", "按职责分工负责")])
    is_open = forms.BooleanField(label="名单未列全（“等”）", required=False)
    duties = forms.MultipleChoiceField(
        label="岗位职责",
        required=False,
        choices=[("plans", "导入和核定计划"), ("oversee", "监督辖区内事项")],
        widget=forms.CheckboxSelectMultiple,
    )
    file = forms.FileField(label="文件", help_text="txt、html、docx、pdf，不超过20 MB。")


def _form() -> _SampleForm:
    return _SampleForm({"due": "", "mode": "none"}, auto_id="sample_%s")


@dataclass(frozen=True)
class Sample:
    """One component and the values it is shown with."""

    name: str
    note: str
    uses: tuple[dict[str, Any], ...]
    is_small: bool = False

    @property
    def shown(self) -> list[SafeString]:
        return [render_to_string(f"components/{self.name}.html", use) for use in self.uses]


@cache
def _table() -> SafeString:
    head = format_html(
        "<thead><tr><th scope='col'>{}</th><th scope='col' class='num'>{}</th></tr></thead>",
        "名称",
        "数量",
    )
    row = format_html("<tr><td>{}</td><td class='num'>{}</td></tr>", "运动鞋（虚构）", "1,206 双")
    return mark_safe(head + "<tbody>" + row + "</tbody>")  # noqa: S308 — both escaped above


_FORM = _form()
_LAW = "示例法 第五条：自接到报告之日起3日内决定（示例，非真实条文）"
_LONG = "示例市打击侵犯知识产权和制售假冒伪劣商品工作领导小组办公室"

SAMPLES = (
    Sample(
        "due",
        "期限：逾期、临近、如期、原文所写、暂定、未设定",
        (
            {"text": "逾期 4 日", "state": "late"},
            {"text": "今日 17:30", "state": "soon"},
            {"text": "1月8日", "state": "ok", "is_guess": True},
            {"text": "6月底前", "state": "said"},
            {"text": ""},
        ),
        is_small=True,
    ),
    Sample("law", "依据：始终用中文", ({"text": _LAW}, {"text": _LAW, "address": "#law"})),
    Sample(
        "chip",
        "单位与标签",
        (
            {"text": "市邮政管理局", "kind": "lead", "note": "牵头"},
            {"text": _LONG},
            {"text": "寄递三项制度", "kind": "tag"},
            {"text": "市通信管理办", "kind": "odd", "note": "未对应到单位"},
        ),
        is_small=True,
    ),
    Sample(
        "card",
        "卡片",
        (
            {
                "title": "第 6 款",
                "note": "原文 1,204–1,287",
                "content": "督促寄递企业落实三项制度。",
            },
            {
                "title": "第 7 款待核",
                "note": "第 31 行",
                "kind": "doubt",
                "content": "名单未列全。",
            },
        ),
    ),
    Sample("table", "表格：表头随滚动停留", ({"caption": "物品", "content": _table()},)),
    Sample(
        "paging",
        "按键翻页",
        ({"shown": 50, "total": "约 12,000", "next": "#next", "start": "#start"}, {"shown": 7}),
    ),
    Sample(
        "empty",
        "空白状态",
        (
            {
                "title": "没有等待核对的计划",
                "text": "导入后列在这里。",
                "address": "#import",
                "label": "导入计划",
            },
        ),
    ),
    Sample(
        "errors",
        "未保存的说明",
        (
            {"text": "还有2处存疑没有处理。", "title": "没有核定", "hint": "请逐一处理后再核定。"},
            {"form": _FORM},
        ),
    ),
    Sample(
        "field", "表单项", tuple({"field": _FORM[name]} for name in ("due", "mode", "is_open"))
    ),
    Sample("checks", "几项中选若干项", ({"field": _FORM["duties"]},)),
    Sample(
        "days",
        "起止日期：现行、已终止、尚未开始、未写明",
        tuple(
            {"row": {"valid_from": first, "valid_to": last}, "today": date(2026, 3, 16)}
            for first, last in (
                (date(2026, 1, 1), None),
                (date(2019, 3, 1), date(2024, 1, 15)),
                (date(2026, 7, 1), None),
                (None, None),
            )
        ),
    ),
    Sample(
        "reason",
        "查看或导出密封记录之前写明理由",
        (
            {"form": ReasonForm(auto_id="reason_%s"), "title": "举报人身份（示例）"},
            {
                "form": ReasonForm({"reason": ""}, auto_id="export_%s"),
                "title": "举报材料（示例）",
                "is_export": True,
            },
        ),
    ),
    Sample("drop", "选择或拖入文件", ({"field": _form()["file"]},)),
    Sample(
        "say",
        "提示：说明、存疑、违法或逾期、完成",
        (
            {"title": "说明", "text": "附件不计入条款。"},
            {"title": "存疑", "text": "两个单位在同一时期使用这个称谓。", "kind": "unsure"},
            {"title": "已逾期", "text": "应当移送。", "law": _LAW, "kind": "bad"},
            {
                "title": "已核定",
                "text": "共 86 款。",
                "kind": "good",
                "address": "#plan",
                "label": "查看计划",
            },
        ),
    ),
    Sample(
        "steps",
        "进度",
        (
            {
                "steps": [
                    {"title": "导入", "note": "3月12日", "state": "done"},
                    {"title": "核对", "note": "余 2 处", "state": "now"},
                    {"title": "核定", "note": "", "state": ""},
                ]
            },
        ),
    ),
    Sample(
        "values", "条目", ({"values": [("发文字号", "示打假发〔2026〕1号"), ("印发机关", "")]},)
    ),
    Sample(
        "why",
        "为什么",
        (
            {
                "title": "为什么是这一天",
                "reasons": ["3月3日收到，次日起算；", "按工作日计，不含节假日。"],
                "is_open": True,
            },
        ),
    ),
)
