"""``zhengpin backup`` and ``zhengpin restore``: an installation as one file, and back."""

from __future__ import annotations

import os
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from zhengpin.sites.cli.commands import Commands


def add_parser(commands: Commands) -> None:
    backing = commands.add_parser(
        "backup",
        help="备份数据库、文件和密钥",
        description="把数据库、文件和密钥写成一个文件，附校验清单；运行中也可以备份。"
        "文件里有密钥，请像密钥一样保管。",
    )
    backing.add_argument("path", metavar="PATH", help="备份文件，以 .tar.gz 结尾")
    backing.set_defaults(run=_back_up)
    restoring = commands.add_parser(
        "restore",
        help="把备份恢复到空的目录和数据库",
        description="核对备份的每一个摘要，再恢复到空的 ZHENGPIN_HOME"
        "（或 DATABASE_URL 指明的空数据库）。",
    )
    restoring.add_argument("path", metavar="PATH", help="备份文件")
    restoring.set_defaults(run=_restore)


def _back_up(options: argparse.Namespace) -> None:
    from zhengpin.sites.cli.database import reach  # noqa: PLC0415 — loaded when asked for
    from zhengpin.sites.ops import archive  # noqa: PLC0415

    reach()
    target = Path(options.path).absolute()
    manifest = archive.back_up(target, address=os.environ["DATABASE_URL"], now=datetime.now(UTC))
    members, rows = len(manifest["members"]), sum(manifest["rows"].values())
    sys.stdout.write(
        f"已备份到 {target}：{rows} 行数据，{members} 个文件，全部有 SHA-256 校验。\n"
    )


def _restore(options: argparse.Namespace) -> None:
    from zhengpin.config import database  # noqa: PLC0415 — loaded when asked for
    from zhengpin.sites.ops import archive, holding  # noqa: PLC0415

    source = Path(options.path).absolute()
    archive.require_empty_home()
    with archive.opened(source) as (folder, manifest), holding.hold_home():
        if not database.is_embedded():
            archive.fill_database(os.environ["DATABASE_URL"], folder, manifest)
        else:
            _fill_embedded(folder, manifest)
        archive.fill_home(folder)
    sys.stdout.write(
        f"已恢复 {manifest['made_at']} 的备份：{sum(manifest['rows'].values())} 行数据，"
        "行数与备份一致。请运行 zhengpin ledger verify 核对账本。\n"
    )


def _fill_embedded(folder: Path, manifest: dict[str, object]) -> None:
    """Fill a database made for this; where it refuses, nothing of it stays."""
    from zhengpin.config.home import home  # noqa: PLC0415 — loaded when asked for
    from zhengpin.sites.ops import archive, postgres  # noqa: PLC0415

    server = postgres.start(cleanup=True)
    try:
        archive.fill_database(os.environ["DATABASE_URL"], folder, manifest)
    except BaseException:
        if server is not None:
            server.stop()
        shutil.rmtree(home() / "postgres")
        raise
