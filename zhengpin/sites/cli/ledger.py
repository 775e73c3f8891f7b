"""``zhengpin ledger``: check, seal, prove, and show the signed checkpoint."""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from zhengpin.kernel.errors import DomainError
from zhengpin.sites.cli import database, streams

if TYPE_CHECKING:
    import argparse

    from zhengpin.base.ledger.models import Checkpoint
    from zhengpin.base.ledger.verifying import Verification
    from zhengpin.sites.cli.commands import Commands

_LARGEST_NOTE = 100_000  # bytes


class LedgerBroken(DomainError):
    """账本核对不通过，详见上列各处。"""


class EntryMalformed(DomainError):
    """账目编号不是 UUID，请核对。"""


def add_parser(commands: Commands) -> None:
    """Add ``ledger`` and its four commands."""
    ledger = commands.add_parser(
        "ledger", help="存证账本：核对、封存、证明", description="存证账本。"
    )
    asking = ledger.add_subparsers(title="命令", metavar="命令", required=True)
    verify = asking.add_parser(
        "verify",
        help="从头核对整个账本",
        description="从头核对账本：每笔账目、树的每个节点、每个检查点的签名，"
        "并与本机和外部留存的检查点比较。",
    )
    verify.add_argument("--json", action="store_true", help="输出 JSON")
    verify.add_argument(
        "--against",
        action="append",
        default=[],
        metavar="FILE",
        help="外部留存的检查点；可以写多次，“-”为标准输入",
    )
    verify.add_argument(
        "--late", type=int, metavar="N", help="账目等待封存超过 N 秒也算不通过；不写则只报告"
    )
    verify.set_defaults(run=_verify)
    seal = asking.add_parser("seal", help="立即封存待封存的账目", description="立即封存。")
    seal.set_defaults(run=_seal)
    prove = asking.add_parser("prove", help="取一笔账目的包含证明", description="取包含证明。")
    prove.add_argument("entry", metavar="ENTRY", help="账目编号（UUID）")
    prove.add_argument("--json", action="store_true", help="输出 JSON")
    prove.set_defaults(run=_prove)
    checkpoint = asking.add_parser("checkpoint", help="显示最新检查点", description="最新检查点。")
    checkpoint.set_defaults(run=_checkpoint)


def _verify(options: argparse.Namespace) -> None:
    notes = [streams.read(name, limit=_LARGEST_NOTE) for name in options.against]
    database.join()
    from django.utils import timezone  # noqa: PLC0415 — needs the settings

    from zhengpin.base.ledger import keeping, queries, verifying  # noqa: PLC0415 — as above

    now, own = timezone.now(), keeping.kept()
    found = verifying.verify(
        queries.verifier(),
        now=now,
        late_after=None if options.late is None else timedelta(seconds=options.late),
        kept=[note.decode("utf-8", "replace") for note in notes] + ([own] if own else []),
    )
    waited = (
        int((now - found.oldest_unsealed_at).total_seconds()) if found.oldest_unsealed_at else 0
    )
    if options.json:
        _print_json(_as_json(found, waited))
    else:
        sys.stdout.write(_in_words(found, waited))
    if not found.holds:
        raise LedgerBroken


def _as_json(found: Verification, waited: int) -> dict[str, Any]:
    return {
        "holds": found.holds,
        "entries": found.entries,
        "sealed": found.sealed,
        "checkpoints": found.checkpoints,
        "oldest_unsealed_seconds": waited,
        "fault_count": found.fault_count,
        "faults": [
            {"code": one.code, "where": one.where, "message": one.message} for one in found.faults
        ],
    }


def _in_words(found: Verification, waited: int) -> str:
    lines = [
        f"账目 {found.entries} 笔，已封存 {found.sealed} 笔，检查点 {found.checkpoints} 个。",
        *(f"[{fault.code}] {fault.message}" for fault in found.faults),
    ]
    if found.fault_count > len(found.faults):
        lines.append(f"……共 {found.fault_count} 处。")
    if found.entries > found.sealed and waited:
        lines.append(f"待封存的账目最早的已等 {waited} 秒。")
    if found.holds:
        lines.append("账本核对无误。")
    return "\n".join(lines) + "\n"


def _seal(_options: argparse.Namespace) -> None:
    database.join()
    from django.utils import timezone  # noqa: PLC0415 — as above

    from zhengpin.base.ledger import services  # noqa: PLC0415 — as above

    made = services.seal_all(now=timezone.now())
    sys.stdout.write("没有待封存的账目。\n" if made is None else made.note)


def _prove(options: argparse.Namespace) -> None:
    try:
        entry = UUID(options.entry)
    except ValueError as error:
        raise EntryMalformed from error
    database.join()
    from zhengpin.base.ledger import queries  # noqa: PLC0415 — as above

    proof = queries.prove(entry)
    if options.json:
        _print_json(queries.document_of(proof))
        return
    lines = [
        f"账目 {entry} 在第 {proof.position} 位，共 {proof.checkpoint.size} 笔。",
        *(step.hex() for step in proof.path),
    ]
    sys.stdout.write("\n".join(lines) + "\n" + proof.checkpoint.note)


def _checkpoint(_options: argparse.Namespace) -> None:
    database.join()
    from zhengpin.base.ledger import queries  # noqa: PLC0415 — as above

    last: Checkpoint | None = queries.latest_checkpoint()
    if last is None:
        streams.say("账本还没有封存过。")
        return
    sys.stdout.write(last.note)
    streams.say(f"验证公钥：{queries.verifier().text}")


def _print_json(answer: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2) + "\n")
