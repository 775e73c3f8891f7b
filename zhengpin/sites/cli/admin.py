"""``zhengpin admin create`` and ``zhengpin regions load``: how a real installation begins."""

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

    regions = commands.add_parser("regions", help="载入行政区划", description="行政区划。")
    loading = regions.add_subparsers(title="命令", metavar="命令", required=True).add_parser(
        "load",
        help="载入一个省级行政区的全部区划",
        description="按国家标准代码（GB/T 2260）载入一个省、自治区或直辖市今天有效的全部区划。",
    )
    loading.add_argument("province", metavar="PROVINCE_CODE", help="省级代码，如 340000")
    loading.set_defaults(run=_load)


def _create(options: argparse.Namespace) -> None:
    from zhengpin.sites.cli import founding  # noqa: PLC0415 — loaded when asked for

    founding.create_administrator(
        founding.Founder(options.login, options.name, options.organization, options.region),
        is_password_piped=options.password_stdin,
    )


def _load(options: argparse.Namespace) -> None:
    from zhengpin.sites.cli import founding  # noqa: PLC0415 — loaded when asked for

    founding.load_regions(options.province)
