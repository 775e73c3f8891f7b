"""``zhengpin plan``: plans imported into the database, listed and shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from zhengpin.sites.cli.commands import Commands


def add_parser(commands: Commands) -> None:
    plan = commands.add_parser("plan", help="导入、列出和显示计划", description="数据库中的计划。")
    asking = plan.add_subparsers(title="命令", metavar="命令", required=True)
    importing = asking.add_parser(
        "import",
        help="把工作计划导入数据库，待核对",
        description="编译工作计划（txt、html、docx、pdf）并导入数据库，留待核对。",
    )
    importing.add_argument("file", metavar="FILE", help="计划文件；“-”为标准输入")
    importing.add_argument("--region", metavar="CODE", required=True, help="行政区划六位代码")
    importing.add_argument(
        "--as",
        dest="login",
        metavar="LOGIN",
        help="以谁的岗位导入；本地区只有一人能导入时可以不写",
    )
    importing.set_defaults(run=_import)
    listing = asking.add_parser("list", help="列出计划", description="列出计划，新的在前。")
    listing.add_argument("--json", action="store_true", help="输出 JSON")
    listing.set_defaults(run=_list)
    showing = asking.add_parser("show", help="显示一份计划", description="显示一份计划。")
    showing.add_argument("id", metavar="ID", help="plan list 给出的编号")
    showing.add_argument("--json", action="store_true", help="输出 JSON，格式同 zhengpin compile")
    showing.set_defaults(run=_show)


def _import(options: argparse.Namespace) -> None:
    from zhengpin.sites.cli import plans  # noqa: PLC0415 — loaded when asked for

    plans.import_file(options.file, options.region, options.login)


def _list(options: argparse.Namespace) -> None:
    from zhengpin.sites.cli import plans  # noqa: PLC0415 — loaded when asked for

    plans.list_plans(as_json=options.json)


def _show(options: argparse.Namespace) -> None:
    from zhengpin.sites.cli import plans  # noqa: PLC0415 — loaded when asked for

    plans.show_plan(options.id, as_json=options.json)
