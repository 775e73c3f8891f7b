import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from zhengpin.sites.cli import streams
from zhengpin.sites.cli.errors import InputRefused, OutputRefused

NOBODY = 65534


@pytest.fixture
def locked(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "locked"
    folder.mkdir()
    (folder / "plan.txt").touch(mode=0)
    folder.chmod(0o500)
    yield folder
    folder.chmod(0o700)


@pytest.fixture
def as_nobody(locked: Path) -> Iterator[None]:
    """Drop the rights of root, who may read and write everything, once ``locked`` is made."""
    assert locked
    myself = os.geteuid()
    if myself == 0:
        os.seteuid(NOBODY)
    yield
    os.seteuid(myself)


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


class TestRead:
    def test_never_reads_more_than_one_byte_past_the_limit(self, tmp_path: Path) -> None:
        plan = tmp_path / "plan.txt"
        plan.write_bytes(b"x" * 100)
        assert len(streams.read(str(plan), limit=10)) == 11

    @pytest.mark.parametrize(
        ("name", "sentence"),
        [
            ("none.txt", "找不到“{path}”：请核对文件名和所在文件夹。"),
            (".", "“{path}”是文件夹：请写明其中的哪一个文件。"),
            ("plan.txt/x", "找不到“{path}”：路径中间有一段不是文件夹。"),
        ],
    )
    def test_says_what_is_wrong_with_the_name(
        self, tmp_path: Path, name: str, sentence: str
    ) -> None:
        (tmp_path / "plan.txt").touch()
        path = os.path.join(tmp_path, name)  # noqa: PTH118 (as typed, not as pathlib tidies it)
        with pytest.raises(InputRefused) as refusal:
            streams.read(path, limit=10)
        assert str(refusal.value) == sentence.format(path=path)

    @pytest.mark.usefixtures("as_nobody")
    def test_refuses_what_it_may_not_read(self, locked: Path) -> None:
        with pytest.raises(InputRefused, match="没有权限读取"):
            streams.read(str(locked / "plan.txt"), limit=10)

    def test_a_name_too_long_for_the_system_is_refused_too(self) -> None:
        with pytest.raises(InputRefused, match=r"读取“x+”失败"):
            streams.read("x" * 300, limit=10)

    def test_reads_a_pipe(self, tmp_path: Path) -> None:
        reading, writing = os.pipe()
        os.write(writing, "要点".encode())
        os.close(writing)
        assert streams.read(f"/dev/fd/{reading}", limit=10) == "要点".encode()
        os.close(reading)


class TestWrite:
    def test_replaces_a_file_in_one_step_and_keeps_its_mode(self, tmp_path: Path) -> None:
        target = tmp_path / "out.csv"
        target.write_bytes(b"old and longer")
        target.chmod(0o640)
        streams.write(b"new", str(target))
        assert target.read_bytes() == b"new"
        assert stat.S_IMODE(target.stat().st_mode) == 0o640
        assert left_in(tmp_path) == ["out.csv"]

    def test_a_new_file_has_the_mode_of_any_new_file(self, tmp_path: Path) -> None:
        (tmp_path / "other").touch()
        streams.write(b"new", str(tmp_path / "out"))
        assert (tmp_path / "out").stat().st_mode == (tmp_path / "other").stat().st_mode

    def test_writes_through_a_link(self, tmp_path: Path) -> None:
        (tmp_path / "real").write_bytes(b"old")
        (tmp_path / "link").symlink_to("real")
        streams.write(b"new", str(tmp_path / "link"))
        assert (tmp_path / "link").is_symlink()
        assert (tmp_path / "real").read_bytes() == b"new"

    def test_does_not_replace_a_device(self) -> None:
        streams.write(b"new", os.devnull)
        assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)

    @pytest.mark.parametrize(
        ("name", "words"),
        [
            ("none/out.csv", "的文件夹不存在：请先建立文件夹，或换一个 --out"),
            ("taken", "是文件夹：请在 --out 写明文件名"),
            ("plan.txt/out.csv", "路径中间有一段不是文件夹"),
        ],
    )
    def test_refuses_where_there_is_no_place_and_leaves_nothing(
        self, tmp_path: Path, name: str, words: str
    ) -> None:
        (tmp_path / "taken").mkdir()
        (tmp_path / "plan.txt").write_bytes(b"kept")
        with pytest.raises(OutputRefused, match=words):
            streams.write(b"new", str(tmp_path / name))
        assert left_in(tmp_path) == ["plan.txt", "taken"]
        assert (tmp_path / "plan.txt").read_bytes() == b"kept"

    @pytest.mark.usefixtures("as_nobody")
    def test_refuses_a_folder_it_may_not_write_in(self, locked: Path) -> None:
        with pytest.raises(OutputRefused, match="没有权限写入"):
            streams.write(b"new", str(locked / "out"))

    def test_a_full_disk_is_refused_and_the_old_file_stays(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        target = tmp_path / "out"
        target.write_bytes(b"old")

        def full(path: Path, data: bytes) -> int:
            path.touch()
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        monkeypatch.setattr(Path, "write_bytes", full)
        with pytest.raises(OutputRefused, match=r"写入“.*out”失败"):
            streams.write(b"new", str(target))
        assert target.read_bytes() == b"old"
        assert left_in(tmp_path) == ["out"]


class TestSay:
    def test_prints_one_line_whatever_the_words_hold(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        streams.say("两\n行\x1b[2J\r\u202e 和\u3000空格")
        assert capsys.readouterr().err == "两 行 [2J 和 空格\n"
