"""The shape of what administrators send; what is allowed, the services say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhengpin.base.access.duties import DUTIES
from zhengpin.base.access.errors import ReasonMissing
from zhengpin.base.access.sealed import LONGEST_REASON
from zhengpin.base.days import day_field
from zhengpin.base.organizations.models import Region
from zhengpin.kernel.organizations import table

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet

    from zhengpin.base.access.models import Post


class DayForm(forms.Form):
    """A form that begins with today."""

    def __init__(self, data: Any = None, *, today: date, **kwargs: Any) -> None:
        super().__init__(data, initial={"on": today, **kwargs.pop("initial", {})}, **kwargs)


class FilterForm(forms.Form):
    """What a list is narrowed to; anything that makes no sense narrows nothing."""

    q = forms.CharField(required=False, max_length=100)
    region = forms.RegexField(r"^\d{6}$", required=False)
    state = forms.CharField(required=False, max_length=12)
    after = forms.CharField(required=False, max_length=200)

    def value(self, name: str) -> str:
        self.is_valid()
        return self.cleaned_data.get(name) or ""


class OrganizationForm(forms.Form):
    name = forms.CharField(label=_("单位全称"), max_length=120)
    short_name = forms.CharField(
        label=_("简称"), max_length=60, help_text=_("文件里常用的叫法，例如“市市场监管局”。")
    )
    region = forms.ModelChoiceField(
        label=_("行政区划"),
        queryset=Region.objects.none(),
        empty_label=None,
        to_field_name="code",
    )
    names = forms.CharField(
        label=_("其他称谓"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("一行一个；计划里写到这些称谓，就对应到这个单位。"),
    )
    valid_from = day_field(
        _("设立日期"), _("不清楚就留空；名称以前属于别的单位时必须填写。"), required=False
    )

    def __init__(self, *args: Any, regions: QuerySet[Region], own: Region, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        region: Any = self.fields["region"]
        region.queryset = regions
        region.initial = own.code

    def clean_names(self) -> list[str]:
        names = [line.strip() for line in self.cleaned_data["names"].splitlines() if line.strip()]
        if any(len(name) > 120 for name in names):
            raise forms.ValidationError(_("每个称谓不超过120个字。"))
        return names


class NameForm(DayForm):
    name = forms.CharField(label=_("称谓"), max_length=120)
    on = day_field(_("启用日期"))


class FunctionForm(DayForm):
    function = forms.ChoiceField(label=_("职能"))
    on = day_field(_("起始日期"))

    def __init__(self, data: Any = None, *, today: date, **kwargs: Any) -> None:
        super().__init__(data, today=today, **kwargs)
        choices = [(one.code, one.title) for one in table().functions.values()]
        function: Any = self.fields["function"]
        function.choices = [("", gettext("请选择")), *choices]


class EndForm(DayForm):
    on = day_field(_("终止日期"), _("从这一天起不再有效。"))


class SuccessionForm(DayForm):
    successor = forms.CharField(
        label=_("承继单位"), max_length=120, help_text=_("辖区内已登记单位的全称或简称。")
    )
    on = day_field(_("承继日期"), _("本单位从这一天起撤销。"))
    source = forms.CharField(
        label=_("依据"), max_length=200, help_text=_("机构改革方案或批复的名称和文号。")
    )


class DissolutionForm(DayForm):
    on = day_field(_("撤销日期"), _("从这一天起不再有效。"))
    source = forms.CharField(label=_("依据"), max_length=200, help_text=_("批复的名称和文号。"))


class PostForm(forms.Form):
    title = forms.CharField(label=_("岗位名称"), max_length=60)
    duties = forms.MultipleChoiceField(
        label=_("岗位职责"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("不选也可以：任职的人仍能看到本单位的事项。"),
    )

    second_factor = forms.BooleanField(label=_("任职的人登录时须两步验证"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        duties: Any = self.fields["duties"]
        duties.choices = [(one.code, gettext(one.title)) for one in DUTIES.values()]


class AccountForm(forms.Form):
    login = forms.CharField(
        label=_("登录名"),
        max_length=60,
        help_text=_("小写字母、数字、点和连字符，3至60个；定了以后不能改。"),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    name = forms.CharField(label=_("姓名"), max_length=60)
    email = forms.EmailField(label=_("电子邮件"), required=False)
    password = forms.CharField(
        label=_("初始密码"),
        max_length=200,
        strip=False,
        help_text=_("至少10个字符；请当面或用安全的方式告诉本人，本人第一次登录时必须更换。"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class PasswordForm(forms.Form):
    password = AccountForm.base_fields["password"]


class AppointmentForm(DayForm):
    post = forms.ChoiceField(label=_("岗位"))
    on = day_field(_("任职日期"))

    def __init__(
        self, data: Any = None, *, today: date, posts: Iterable[Post], **kwargs: Any
    ) -> None:
        super().__init__(data, today=today, **kwargs)
        post: Any = self.fields["post"]
        post.choices = [
            ("", gettext("请选择")),
            *((str(one.pk), f"{one.organization.short_name} · {one.title}") for one in posts),
        ]


class ReasonForm(forms.Form):
    """Why one looks into a sealed record: asked before anything of it is shown."""

    reason = forms.CharField(
        label=_("查阅理由"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("为办理什么事项、为什么需要看；不要写密封记录本身的内容。"),
        error_messages={"required": _(ReasonMissing.__doc__ or "")},
    )


class TokenForm(forms.Form):
    label = forms.CharField(
        label=_("用途"),
        max_length=60,
        help_text=_("哪个程序、做什么用，例如“市局数据交换程序”。"),
    )


class EmptyForm(forms.Form):
    """A button: what it does, its address says; a refusal is shown at it."""
