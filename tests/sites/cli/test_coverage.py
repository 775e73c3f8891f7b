"""``zhengpin coverage``: what is claimed by which declaration, and what is open."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

from zhengpin.kernel import requirements
from zhengpin.mechanisms.proceedings.coverage import coverage
from zhengpin.sites.cli.main import main

if TYPE_CHECKING:
    import pytest


def test_every_row_is_claimed_or_open_and_shared_rows_show_each_declaration(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["coverage", "--json"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    found = json.loads(out)
    claimed = {one["row"] for one in found["claims"]}
    open_rows = [one["row"] for one in found["open"]]
    assert claimed.isdisjoint(open_rows)
    assert claimed.union(open_rows) == set(requirements.rows())
    assert (found["rows"], found["claimed"]) == (len(requirements.rows()), len(claimed))
    for key, total in (("rows", found["rows"]), ("claimed", found["claimed"])):
        assert sum(one[key] for one in found["by_domain"].values()) == total
    sharing = {one["declaration"] for one in found["claims"] if one["row"] == "R242"}
    assert {"assistance", "market_assistance"} <= sharing


def test_people_read_the_domains_the_claims_and_what_is_open(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["coverage"]) == 0
    lines = capsys.readouterr().out.splitlines()
    found = coverage()
    assert lines[0] == (
        f"要求 {found.total} 行：已认领 {found.claimed} 行（其中 {found.partly} 行只有一部分），"
        f"尚未认领 {len(found.open)} 行"
    )
    assert any(
        line.startswith("D08") and line.endswith("跨部门、跨区域和跨境协作") for line in lines
    )
    claims, open_rows = lines.index("已认领"), lines.index("尚未认领")
    assert any(line.split()[:2] == ["R231", "tax_lead"] for line in lines[claims:open_rows])
    assert [line.split()[0] for line in lines[open_rows + 1 :]] == [one.code for one in found.open]


def test_reads_the_declarations_without_framework_or_driver() -> None:
    script = (
        "import sys; from zhengpin.sites.cli.main import main; main(['coverage', '--json']);"
        "print(sorted({'django', 'psycopg', 'rich'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(  # noqa: S603 (our own command)
        [sys.executable, "-c", script], capture_output=True, check=True, timeout=60
    )
    assert done.stderr == b"[]\n"
    claims = json.loads(done.stdout)["claims"]
    assert [(one["row"], one["declaration"]) for one in claims] == [
        (one.row.code, one.declaration) for one in coverage().claims
    ]
