"""The gettext catalogues: sentences are gathered from pages and code, and compiled without tools.

Pages are written in Simplified Chinese; Traditional is derived from it sentence by sentence, and
English stands in ``locale/en``. A sentence is gathered where it is marked (``translate``, ``_``),
and where it is declared: errors, labels of choices, kinds of problems.
"""

from __future__ import annotations

import ast
import re
import struct
from functools import cache
from typing import TYPE_CHECKING

import opencc
from django.utils.translation.template import templatize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

_MARKED = re.compile(r"""\b(?:gettext|_)\(\s*(u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"))""")
_ENTRY = re.compile(r'^msgid (".*"(?:\n".*")*)\nmsgstr (".*"(?:\n".*")*)$', re.MULTILINE)
_CALLS = {"_", "gettext", "gettext_lazy", "gettext_noop"}
_DECLARED = {  # the argument that is shown
    "ProblemKind": 1, "declare": 1, "DocumentRefused": 0, "FileType": 1,
    "Stage": 1, "Move": 1, "Clock": 1, "Sentence": 0,
}  # fmt: skip
_TITLED = {"HandoffKind", "Field", "Procedure"}  # those whose ``title`` is shown
_SHOWN = ("base", "kernel", "mechanisms", "measures", "sites/desk")
_REFUSALS = {"DomainError", "DocumentRefused"}
_WORDED = re.compile(r"[\u4e00-\u9fff]|%\(\w+\)s.*%\(\w+\)s")  # Chinese, or fields to order
_FIELD = re.compile(r"%\(\w+\)s|\w+\.html")
_HEADER = (
    "Content-Type: text/plain; charset=UTF-8\n"
    "Content-Transfer-Encoding: 8bit\n"
    "Plural-Forms: nplurals=1; plural=0;\n"
)


def wanted(package: Path, locale: Path) -> dict[Path, bytes]:
    """Return the files as they should be, by their paths."""
    sentences = sorted(gathered(package))
    english = read(locale / "en/LC_MESSAGES/django.po")
    catalogues = {
        "zh_Hant": {one: traditional(one) for one in sentences},
        "en": {one: english.get(one, "") for one in sentences},
    }
    files = {}
    for name, catalogue in catalogues.items():
        place = locale / name / "LC_MESSAGES"
        files[place / "django.po"] = as_po(catalogue).encode()
        files[place / "django.mo"] = as_mo(catalogue)
    return files


def gathered(package: Path) -> set[str]:
    """Return every sentence that pages may show in another language."""
    found: set[str] = set()
    for path in package.rglob("templates/**/*.html"):
        found.update(_in_template(path.read_text("utf-8"), path.name))
    for path in (path for part in _SHOWN for path in (package / part).rglob("*.py")):
        if "migrations" not in path.parts:
            found.update(_in_code(ast.parse(path.read_text("utf-8"))))
    return {one for one in found if one and _WORDED.search(one)}


def _in_template(text: str, origin: str) -> Iterator[str]:
    for match in _MARKED.finditer(templatize(text, origin=origin)):
        yield str(ast.literal_eval(match[1]))


def _in_code(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from _in_call(node)
        elif isinstance(node, ast.ClassDef):
            yield from _in_class(node)


def _in_call(node: ast.Call) -> Iterator[str]:
    name = getattr(node.func, "id", getattr(node.func, "attr", ""))
    place = 0 if name in _CALLS else _DECLARED.get(name)
    arguments = node.args[place : place + 1] if place is not None else []
    if name in _TITLED:
        arguments += [one.value for one in node.keywords if one.arg == "title"]
    for argument in arguments:
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            yield argument.value


def _in_class(node: ast.ClassDef) -> Iterator[str]:
    """Yield the sentence of an error, and the labels of choices."""
    bases = {getattr(base, "id", getattr(base, "attr", "")) for base in node.bases}
    if bases & _REFUSALS:
        yield (ast.get_docstring(node) or "").strip()
    if "TextChoices" in bases:
        for assigned in node.body:
            if isinstance(assigned, ast.Assign) and isinstance(assigned.value, ast.Tuple):
                label = assigned.value.elts[-1]
                if isinstance(label, ast.Constant):
                    yield str(label.value)


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("s2tw")  # characters only; s2t alone writes 覈對 beside 核定


def traditional(sentence: str) -> str:
    """Return a sentence in Traditional characters, its fields left alone."""
    converted: str = _converter().convert(sentence)
    for before, after in zip(_FIELD.findall(converted), _FIELD.findall(sentence), strict=True):
        converted = converted.replace(before, after)
    return converted


def read(path: Path) -> dict[str, str]:
    """Return a catalogue as it stands."""
    if not path.exists():
        return {}
    return {
        _unquoted(match[1]): _unquoted(match[2])
        for match in _ENTRY.finditer(path.read_text("utf-8"))
    }


def _unquoted(lines: str) -> str:
    return "".join(str(ast.literal_eval(line)) for line in lines.splitlines())


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def as_po(catalogue: Mapping[str, str]) -> str:
    lines = [f'msgid ""\nmsgstr {_quoted(_HEADER)}\n']
    lines += [f"msgid {_quoted(one)}\nmsgstr {_quoted(said)}\n" for one, said in catalogue.items()]
    return "\n".join(lines)


def as_mo(catalogue: Mapping[str, str]) -> bytes:
    """Return the compiled form, as GNU gettext describes it."""
    entries = sorted({"": _HEADER, **{k: v for k, v in catalogue.items() if v}}.items())
    encoded = [(one.encode(), said.encode()) for one, said in entries]
    start = 7 * 4
    offset = start + 2 * 8 * len(encoded)
    tables, strings = [b"", b""], b""
    for column in (0, 1):
        for pair in encoded:
            tables[column] += struct.pack("<2I", len(pair[column]), offset + len(strings))
            strings += pair[column] + b"\0"
    head = struct.pack(
        "<7I", 0x950412DE, 0, len(encoded), start, start + 8 * len(encoded), 0, start
    )
    return head + tables[0] + tables[1] + strings


def untranslated(catalogue: Mapping[str, str]) -> Iterable[str]:
    return (one for one, said in catalogue.items() if one and not said)
