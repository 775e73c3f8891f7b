"""From the first administrator to a backup that stands up again in an empty home."""

from __future__ import annotations

import io
import json
import tarfile
from typing import TYPE_CHECKING

import pytest

from tests.sites.cli.installations import folder, run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PASSWORD = "a long sentence to sign in with"  # noqa: S105 (an account of this test)
FOUNDER = (
    "admin", "create", "--login", "first.admin", "--name", "甲", "--organization",
    "某市打击侵犯知识产权和制售假冒伪劣商品工作领导小组办公室", "--region", "340100",
    "--password-stdin",
)  # fmt: skip


@pytest.fixture(scope="module")
def founded() -> Iterator[Path]:
    with folder() as place:
        answer = run(place / "home", *FOUNDER, stdin=PASSWORD + "\n")
        assert answer.returncode == 0, answer.stderr
        yield place / "home"


@pytest.fixture(scope="module")
def backup(founded: Path) -> Path:
    (founded / "files" / "ab").mkdir(parents=True)
    (founded / "files" / "ab" / "abcd").write_bytes(b"evidence")
    path = founded.parent / "one.tar.gz"
    answer = run(founded, "backup", str(path))
    assert answer.returncode == 0, answer.stderr
    return path


class TestAccounts:
    def test_a_post_is_made_to_require_a_second_factor(self, founded: Path) -> None:
        answer = run(founded, "admin", "require-second-factor", FOUNDER[7], "系统管理")
        assert answer.returncode == 0, answer.stderr
        assert "须两步验证" in answer.stdout
        answer = run(founded, "admin", "require-second-factor", FOUNDER[7], "系统管理", "--off")
        assert "不再要求两步验证" in answer.stdout

    def test_lost_factors_are_forgotten(self, founded: Path) -> None:
        answer = run(founded, "admin", "forget-second-factor", "First.Admin")
        assert answer.returncode == 0, answer.stderr
        assert "已清除" in answer.stdout

    @pytest.mark.parametrize(
        ("words", "sentence"),
        [
            (("require-second-factor", "某局", "某岗"), "没有这个单位的这个岗位"),
            (("forget-second-factor", "nobody.here"), "没有这个登录名的账户"),
            (("link-identity", "first.admin", "abc"), "没有配置统一身份认证"),
        ],
    )
    def test_what_is_not_there_is_said(
        self, founded: Path, words: tuple[str, ...], sentence: str
    ) -> None:
        answer = run(founded, "admin", *words)
        assert answer.returncode == 1
        assert sentence in answer.stderr


class TestAdminCreate:
    def test_nothing_is_there_before_it(self, tmp_path: Path) -> None:
        answer = run(tmp_path / "home", "plan", "list")
        assert answer.returncode == 1
        assert "这里还没有数据" in answer.stderr

    def test_a_second_first_administrator_is_refused(self, founded: Path) -> None:
        answer = run(founded, *FOUNDER, stdin=PASSWORD + "\n")
        assert answer.returncode == 1
        assert "这里已有账户" in answer.stderr

    def test_demonstration_accounts_cannot_come_to_a_real_database(self, founded: Path) -> None:
        answer = run(founded, "serve", "--demo", "--port", "47811")
        assert answer.returncode == 1
        assert "已有真实账户，不能载入演示城市" in answer.stderr

    @pytest.mark.parametrize(
        ("arguments", "password", "sentence"),
        [
            (("--region", "110103"), PASSWORD, "没有这个行政区划代码"),
            (("--login", "X y"), PASSWORD, "登录名只能用小写字母"),
            ((), "short", "密码太弱"),
            ((), "", "密码太弱"),
        ],
    )
    def test_a_refusal_leaves_no_account(
        self, empty: Path, arguments: tuple[str, ...], password: str, sentence: str
    ) -> None:
        answer = run(empty, *FOUNDER, *arguments, stdin=password)
        assert answer.returncode == 1
        assert sentence in answer.stderr

    def test_what_is_missing_is_not_guessed_in_a_pipe(self, empty: Path) -> None:
        answer = run(empty, *FOUNDER[:4], "--region", "340100")
        assert answer.returncode == 1
        assert "缺少单位全称" in answer.stderr

    def test_a_province_is_loaded_by_its_code(self, empty: Path) -> None:
        answer = run(empty, "regions", "load", "640000")
        assert (answer.returncode, answer.stderr) == (0, "")
        assert answer.stdout.startswith("宁夏回族自治区：")
        assert run(empty, "regions", "load", "640100").returncode == 1


@pytest.fixture(scope="module")
def empty() -> Iterator[Path]:
    with folder() as place:
        yield place / "home"


class TestBackup:
    def test_it_is_readable_by_its_owner_only(self, backup: Path) -> None:
        assert backup.stat().st_mode & 0o777 == 0o600

    def test_it_overwrites_nothing(self, founded: Path, backup: Path) -> None:
        answer = run(founded, "backup", str(backup))
        assert answer.returncode == 1
        assert "已经存在" in answer.stderr

    def test_it_stands_up_again_in_an_empty_home(self, backup: Path) -> None:
        home = backup.parent / "restored"
        answer = run(home, "restore", str(backup))
        assert answer.returncode == 0, answer.stderr
        assert (home / "files" / "ab" / "abcd").read_bytes() == b"evidence"
        assert (home / "secrets").stat().st_mode & 0o777 == 0o700
        again = run(home, *FOUNDER, stdin=PASSWORD + "\n")
        assert "这里已有账户" in again.stderr
        verified = run(home, "ledger", "verify", "--json")
        if verified.returncode != 2:  # the command is there
            assert verified.returncode == 0, verified.stderr

    def test_it_is_not_mixed_with_what_is_there(self, founded: Path, backup: Path) -> None:
        answer = run(founded, "restore", str(backup))
        assert answer.returncode == 1
        assert "只能恢复到空的 ZHENGPIN_HOME" in answer.stderr

    def test_a_damaged_one_changes_nothing(self, backup: Path, tmp_path: Path) -> None:
        data = bytearray(backup.read_bytes())
        data[len(data) // 2] ^= 1
        self._refused(bytes(data), tmp_path)

    def test_a_shortened_one_changes_nothing(self, backup: Path, tmp_path: Path) -> None:
        self._refused(backup.read_bytes()[:-200], tmp_path)

    def test_a_member_that_leaves_the_home_changes_nothing(self, tmp_path: Path) -> None:
        for name in ("../outside", "/outside", "files/../../outside", "secrets/a//b"):
            self._refused(_archive({"database.dump": b"x", name: b"x"}), tmp_path)

    def test_a_member_that_is_not_listed_changes_nothing(self, tmp_path: Path) -> None:
        self._refused(_archive({"database.dump": b"x"}, {"files/extra": b"x"}), tmp_path)

    def _refused(self, data: bytes, folder: Path) -> None:
        path = folder / "bad.tar.gz"
        path.write_bytes(data)
        answer = run(folder / "home", "restore", str(path))
        assert answer.returncode == 1
        assert "不是完好的正品备份文件" in answer.stderr
        assert not (folder / "home").exists()
        assert sorted(one.name for one in folder.iterdir()) == ["bad.tar.gz"]


def _archive(listed: dict[str, bytes], unlisted: dict[str, bytes] | None = None) -> bytes:
    digest = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"  # of b"x"
    manifest = {
        "format": 1,
        "rows": {},
        "members": {name: {"bytes": len(one), "sha256": digest} for name, one in listed.items()},
    }
    whole = {"manifest.json": json.dumps(manifest).encode(), **listed, **(unlisted or {})}
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w:gz") as archive:
        for name, one in whole.items():
            member = tarfile.TarInfo(name)
            member.size = len(one)
            archive.addfile(member, io.BytesIO(one))
    return target.getvalue()
