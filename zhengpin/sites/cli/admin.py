"""``zhengpin admin`` and ``zhengpin regions load``: how an installation begins and is helped."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from zhengpin.sites.cli.commands import Commands


def add_parser(commands: Commands) -> None:
    admin = commands.add_parser("admin", help="建立第一个管理员", description="管理员账户。")
    asking = admin.add_subparsers(title="命令", metavar="命令", required=True)
    creating = asking.add_parser(
        "create",
        help="建立第一个管理员和他的单位",
        description="建立第一个管理员和他的单位；没有写的逐项询问。其他账户由管理员在网页上建立。",
    )
    creating.add_argument("--login", metavar="LOGIN", help="登录名：小写字母、数字、点和连字符")
    creating.add_argument("--name", metavar="NAME", help="姓名")
    creating.add_argument("--organization", metavar="NAME", help="单位全称")
    creating.add_argument("--region", metavar="CODE", help="单位所在行政区划的六位代码")
    creating.add_argument(
        "--password-stdin", action="store_true", help="从标准输入读密码（一行），不询问"
    )
    creating.set_defaults(run=_create)
    _add_accounts(asking)

    regions = commands.add_parser("regions", help="载入行政区划", description="行政区划。")
    loading = regions.add_subparsers(title="命令", metavar="命令", required=True).add_parser(
        "load",
        help="载入一个省级行政区的全部区划",
        description="按国家标准代码（GB/T 2260）载入一个省、自治区或直辖市今天有效的全部区划。",
    )
    loading.add_argument("province", metavar="PROVINCE_CODE", help="省级代码，如 340000")
    loading.set_defaults(run=_load)


def _add_accounts(asking: Commands) -> None:
    """Add what the installer does for one account or post, beside the pages of administrators."""
    requiring = asking.add_parser(
        "require-second-factor",
        help="规定一个岗位须两步验证",
        description="规定一个岗位须两步验证：没有第二重凭证的人选择这个岗位后，先设置再办理。",
    )
    requiring.add_argument("organization", metavar="ORGANIZATION", help="单位全称")
    requiring.add_argument("post", metavar="POST", help="岗位名称")
    requiring.add_argument("--off", action="store_true", help="不再要求")
    requiring.set_defaults(run=_require)
    forgetting = asking.add_parser(
        "forget-second-factor",
        help="清除一个账户的第二重凭证",
        description="手机或密钥丢失、恢复码也没有时，清除这个账户的动态验证码、通行密钥和恢复码。",
    )
    forgetting.add_argument("login", metavar="LOGIN", help="登录名")
    forgetting.set_defaults(run=_forget)
    linking = asking.add_parser(
        "link-identity",
        help="登记账户与统一身份的对应",
        description="登记账户与统一身份的对应；身份标识（sub）在未对应者登录时显示在页面上。",
    )
    linking.add_argument("login", metavar="LOGIN", help="登录名")
    linking.add_argument("subject", metavar="SUBJECT", help="身份标识")
    linking.add_argument("--off", action="store_true", help="取消这个对应")
    linking.set_defaults(run=_link)


def _require(options: argparse.Namespace) -> None:
    from zhengpin.sites.cli import accounts  # noqa: PLC0415 — loaded when asked for

    accounts.require_second_factor(options.organization, options.post, is_required=not options.off)


def _forget(options: argparse.Namespace) -> None:
    from zhengpin.sites.cli import accounts  # noqa: PLC0415 — loaded when asked for

    accounts.forget_second_factor(options.login)


def _link(options: argparse.Namespace) -> None:
    from zhengpin.sites.cli import accounts  # noqa: PLC0415 — loaded when asked for

    accounts.link_identity(options.login, options.subject, is_linked=not options.off)


def _create(options: argparse.Namespace) -> None:
    from zhengpin.sites.cli import founding  # noqa: PLC0415 — loaded when asked for

    founding.create_administrator(
        founding.Founder(options.login, options.name, options.organization, options.region),
        is_password_piped=options.password_stdin,
    )


def _load(options: argparse.Namespace) -> None:
    from zhengpin.sites.cli import founding  # noqa: PLC0415 — loaded when asked for

    founding.load_regions(options.province)
