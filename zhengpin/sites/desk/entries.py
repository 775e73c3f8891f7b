"""Who reads the ledger's entries of the door: those who see the person who came or went."""

from django.utils.translation import gettext_lazy as _

from zhengpin.base.access.entries import sees_person
from zhengpin.base.access.subjects import declare_part

declare_part(
    "desk",
    sees_person,
    acts={
        "sign_in": _("登录"),
        "sign_in_refused": _("登录被拒"),
        "sign_out": _("退出"),
        "choose_post": _("选择岗位"),
        "change_password": _("修改密码"),
        "add_second_factor": _("设两步验证"),
        "remove_second_factor": _("撤两步验证"),
        "renew_second_factor": _("换恢复码"),
    },
)
