"""The written documents hold together, and no file names a machine or a place to download from."""

import re
import subprocess
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).parents[2]
DECISIONS = sorted((ROOT / "docs/decisions").glob("[0-9]*.md"))
DOCUMENTS = sorted(
    chain(ROOT.glob("*.md"), ROOT.glob("docs/**/*.md"), ROOT.glob("changelog.d/*.md"))
)
HEADINGS = ["Context", "Decision", "Consequences", "Rejected"]

FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^()\s]+)\)")
OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:|#")

# Put together from pieces, so that this file does not contain what it looks for.
HOSTS = [
    "py" + "pi.org",
    "python" + "hosted.org",
    "registry." + "npmjs.org",
    "proxy." + "golang.org",
]
PLACES = ["work", "root", "home", "Users", "farm"]
FORBIDDEN = [
    re.compile(r"https?:/" + r"/\S+(?:\.whl|\.tgz|\.tar\.gz|/sim" + r"ple)\b"),
    re.compile("|".join(re.escape(host) for host in HOSTS)),
    re.compile(r"(?<![\w.~)}-])/(?:" + "|".join(PLACES) + r")/"),
]
NEVER_TRACKED = {".git", ".venv", "__pycache__", "build", "var"}


def relative_links(document: Path) -> list[str]:
    text = FENCE.sub("", document.read_text("utf-8"))
    return [link for link in LINK.findall(text) if not OUTSIDE.match(link)]


def project_files() -> list[Path]:
    """The tracked files in a checkout; everywhere else, all files that could be tracked."""
    if (ROOT / ".git").exists():
        listing = subprocess.run(
            ["git", "ls-files", "-z"],  # noqa: S607 (whichever git made the checkout)
            cwd=ROOT,
            check=True,
            capture_output=True,
        ).stdout
        files = [ROOT / name for name in listing.decode().split("\0") if name]
    else:
        files = [path for path in ROOT.rglob("*") if not skipped(path)]
    return [path for path in files if path.is_file()]


def skipped(path: Path) -> bool:
    parts = path.relative_to(ROOT).parts
    return any(
        part in NEVER_TRACKED or part.endswith((".egg-info", "_cache", ".hypothesis"))
        for part in parts
    )


def texts(files: list[Path]) -> Iterator[tuple[Path, str]]:
    for path in files:
        data = path.read_bytes()
        if b"\0" not in data:
            yield path, data.decode("utf-8", "replace")


def forbidden_in(text: str) -> list[str]:
    return [found.group() for pattern in FORBIDDEN for found in pattern.finditer(text)]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_relative_link_leads_to_a_file(document: Path) -> None:
    targets = {
        link: document.parent / unquote(link.partition("#")[0])
        for link in relative_links(document)
    }
    assert [link for link, target in targets.items() if not target.exists()] == []


def test_the_documents_a_newcomer_reads_are_there() -> None:
    names = {str(path.relative_to(ROOT)) for path in DOCUMENTS}
    assert {"README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "docs/glossary.md"} <= names


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = [int(path.name.partition("-")[0]) for path in DECISIONS]
    assert numbers == list(range(1, len(DECISIONS) + 1))
    assert all(re.fullmatch(r"\d{4}-[a-z0-9]+(-[a-z0-9]+)*\.md", path.name) for path in DECISIONS)


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_has_its_number_and_the_four_headings(decision: Path) -> None:
    lines = decision.read_text("utf-8").splitlines()
    assert lines[0].startswith(f"# {int(decision.name[:4])}. ")
    assert [line[3:] for line in lines if line.startswith("## ")] == HEADINGS


def test_the_index_of_decisions_lists_each_one() -> None:
    index = ROOT / "docs/decisions/README.md"
    assert [link for link in relative_links(index) if link[0].isdigit()] == [
        path.name for path in DECISIONS
    ]


def test_no_file_names_a_registry_or_a_path_of_one_machine() -> None:
    found = {
        str(path.relative_to(ROOT)): words
        for path, text in texts(project_files())
        if (words := forbidden_in(text))
    }
    assert found == {}


@pytest.mark.parametrize(
    "text",
    [
        "https:/" + "/mirror.example/packages/rich-15.0.0.wh" + "l",
        "--index-url https:/" + "/mirror.example/sim" + "ple",
        "files.python" + "hosted.org",
        "see /wo" + "rk/plan.txt",
    ],
)
def test_what_is_looked_for_would_be_found(text: str) -> None:
    assert forbidden_in(text)


@pytest.mark.parametrize(
    "text", ["docs/wo" + "rk/plan.txt", "./ro" + "ot/x", "https://example.org/licence"]
)
def test_ordinary_paths_and_links_are_left_alone(text: str) -> None:
    assert forbidden_in(text) == []
