"""Programs as they are found and read: what is shown of them, what they stand on, and what is wrong with them."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet

from runnable.problem import ProblemsError
from runnable.project import Project
from runnable.snippet import Header, Snippet, files_by_slug, find_snippets, local_files

Make = Callable[[dict[str, str | bytes]], Project]
TEA = "snippets/kitchen/tea.py"
unix = pytest.mark.skipif(sys.platform == "win32", reason="symbolic links need rights there")


def read(project: Project, place: str = TEA) -> Snippet:
    return Snippet.read(project.root / place, project)


def problems(make_project: Make, source: str | bytes) -> list[str]:
    with pytest.raises(ProblemsError) as caught:
        read(make_project({TEA: source}))
    return [str(problem) for problem in caught.value.problems]


def found(project: Project) -> tuple[list[str], list[str]]:
    snippets, wrong = find_snippets(project)
    return [snippet.slug for snippet in snippets], [str(problem) for problem in wrong]


# Reading


def test_a_program_knows_its_names(make_project: Make) -> None:
    snippet = read(make_project({TEA: "print('tea')\n"}))
    assert (snippet.slug, snippet.place, snippet.path.name) == ("kitchen/tea", TEA, "tea.py")
    assert snippet.transcript_path == snippet.path.with_name("tea.out")
    assert snippet.command == f"python {TEA}"


def test_the_command_names_the_python_where_not_all_will_do(make_project: Make) -> None:
    snippet = read(make_project({TEA: "print('tea')\n"}))
    commands = {
        ">=3.11": "python",
        ">=3.12": "python3.12",
        ">=3.14.2": "python3.14",
        ">3.12,!=3.13.*": "python3.12",
        "==3.15.*": "python3.15",
        "==3.11.*": "python3.11",
    }
    for requires, command in commands.items():
        needing = replace(snippet, header=Header(requires_python=SpecifierSet(requires)))
        assert needing.command == f"{command} {TEA}"


SOURCE = """\
# /// script
# [tool.runnable]
# exit = 1
# ///

import asyncio

# --8<-- [start:pour]
print("pour")

# --8<-- [end:pour]
   # --8<-- [start:last-one]
print("drink")
   # --8<-- [end:last-one]

"""


def test_neither_header_nor_markers_nor_blank_edges_are_visible(make_project: Make) -> None:
    snippet = read(make_project({TEA: SOURCE}))
    assert snippet.visible() == [
        (6, "import asyncio"),
        (7, ""),
        (9, 'print("pour")'),
        (10, ""),
        (13, 'print("drink")'),
    ]
    assert snippet.visible(snippet.sections["pour"]) == [(9, 'print("pour")')]
    assert snippet.sections == {"pour": range(9, 11), "last-one": range(13, 14)}
    assert snippet.header.exit == 1
    assert (snippet.header_line("exit"), snippet.header_line("timeout")) == (3, 1)


def test_a_line_of_a_program_without_a_header_is_none(make_project: Make) -> None:
    assert read(make_project({TEA: "print()\n"})).header_line("exit") is None


@pytest.mark.parametrize(
    "written",
    [
        b"\xef\xbb\xbfprint('tea')\nprint('milk')\n",
        b"print('tea')\r\nprint('milk')\r\n",
        b"print('tea')\rprint('milk')\r",
    ],
    ids=["byte order mark", "CRLF", "CR"],
)
def test_the_marks_of_other_editors_are_not_part_of_a_program(make_project: Make, written: bytes) -> None:
    assert read(make_project({TEA: written})).source == "print('tea')\nprint('milk')\n"


def test_a_program_need_not_end_with_a_newline(make_project: Make) -> None:
    snippet = read(make_project({TEA: "print('tea')\nprint('milk')"}))
    assert snippet.visible() == [(1, "print('tea')"), (2, "print('milk')")]


def test_lines_are_counted_as_python_counts_them(make_project: Make) -> None:
    # For str.splitlines() a form feed and a line separator end a line, for Python they do not.
    source = "print('a')\n\f\nprint('\u2028')\n# --8<-- [start:last]\nprint('b')\n# --8<-- [end:last]\n"
    assert read(make_project({TEA: source})).visible(range(5, 6)) == [(5, "print('b')")]


# What is wrong with one program


@pytest.mark.parametrize("written", [b"", b"\n \n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_no_program(make_project: Make, written: bytes) -> None:
    assert problems(make_project, written) == [f"{TEA}: the file is empty. Write a program in it, or delete it."]


def test_a_file_that_is_not_utf8_is_told_with_line_and_byte(make_project: Make) -> None:
    assert problems(make_project, "a = 1\nb = 'caf\xe9'\n".encode("latin-1")) == [
        f"{TEA}:2: byte 14 is not UTF-8. Save the file as UTF-8."
    ]


def test_a_nul_character_is_told_with_its_line(make_project: Make) -> None:
    assert problems(make_project, b"a = 1\nb = 2\0\n") == [f"{TEA}:2: there is a NUL character. Delete it."]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (
            "def brew():\n    return 1 +\n",
            ":2: Python cannot read this: invalid syntax. Correct the line.\n    return 1 +\n              ^",
        ),
        (
            "x = 1\nprint('tea'\n",
            ":2: Python cannot read this: '(' was never closed. Correct the line.\n    print('tea'\n         ^",
        ),
        (
            "if True\n    pass\n",
            ":1: Python cannot read this: expected ':'. Correct the line.\n    if True\n           ^",
        ),
    ],
)
def test_a_mistake_in_the_syntax_is_shown_where_it_is(make_project: Make, source: str, message: str) -> None:
    assert problems(make_project, source) == [TEA + message]


def test_what_only_a_newer_python_can_read_is_left_to_that(make_project: Make) -> None:
    header = '# /// script\n# requires-python = ">=3.99"\n# ///\n'
    assert read(make_project({TEA: f"{header}this is no Python of today\n"})).header_line("requires-python") == 2


def test_reading_does_not_warn_for_the_program(make_project: Make) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        local_files(read(make_project({TEA: "print('\\d' is 'd')\n"})))


def test_sections_must_begin_once_and_end(make_project: Make) -> None:
    source = """\
# --8<-- [end:early]
# --8<-- [start:twice]
# --8<-- [end:twice]
# --8<-- [start:twice]
# --8<-- [end:twice]
# --8<-- [start:open]
"""
    assert problems(make_project, source) == [
        f"{TEA}:1: section “early” ends here but does not start above. Add “# --8<-- [start:early]”.",
        f"{TEA}:4: section “twice” starts twice. Rename one of the two.",
        f"{TEA}:6: section “open” does not end. Add “# --8<-- [end:open]” below its last line.",
    ]


def test_all_that_is_wrong_is_told_at_once_in_the_order_of_lines(make_project: Make) -> None:
    source = "# /// script\n# [tool.runnable]\n# exit = 'x'\n# ///\nx = = 1\n# --8<-- [start:a]\n"
    assert [problem.split("\n")[0] for problem in problems(make_project, source)] == [
        f"{TEA}:3: exit is 'x'. It must be a whole number from -64 to 255.",
        f"{TEA}:5: Python cannot read this: invalid syntax. Correct the line.",
        f"{TEA}:6: section “a” does not end. Add “# --8<-- [end:a]” below its last line.",
    ]


# Finding


def test_programs_are_found_in_the_order_of_slugs_and_parts_of_programs_are_not(make_project: Make) -> None:
    files: dict[str, str | bytes] = {
        "snippets/b/two.py": "print()",
        "snippets/a/page/one.py": "print()",
        "snippets/a/_helper.py": "not a program",
        "snippets/a/__pycache__/one.py": "not ours",
        "snippets/a/.ipynb_checkpoints/one.py": "not ours",
        "snippets/a/.#one.py": "an editor's lock",
        "snippets/a/folder.py/inner.py": "print()",
        "snippets/a/one.out": "$ python",
    }
    project = make_project(files)
    assert found(project) == (["a/folder.py/inner", "a/page/one", "b/two"], [])
    assert [project.relative(path) for path in files_by_slug(project).values()] == [
        "snippets/a/folder.py/inner.py",
        "snippets/a/page/one.py",
        "snippets/b/two.py",
    ]


def test_one_bad_program_does_not_hide_the_others(make_project: Make) -> None:
    project = make_project({"snippets/a.py": "print()", "snippets/b.py": "", "snippets/c.py": "x ="})
    slugs, wrong = found(project)
    assert slugs == ["a"]
    assert [problem.split(":")[0] for problem in wrong] == ["snippets/b.py", "snippets/c.py"]


def test_two_programs_may_not_have_the_same_slug(make_project: Make) -> None:
    project = make_project({"snippets/a/Two_Teas.py": "print()", "snippets/a/two-teas.py": "print()"})
    assert found(project) == (
        ["a/Two_Teas"],
        ["snippets/a/two-teas.py: snippets/a/Two_Teas.py has the same slug, “a/two-teas”. Rename one of the two."],
    )


@pytest.mark.parametrize("name", ["asyncio", "queue", "annotationlib"])
def test_a_program_may_not_hide_a_module_of_the_standard_library(make_project: Make, name: str) -> None:
    assert found(make_project({f"snippets/a/{name}.py": "print()"})) == (
        [],
        [
            f"snippets/a/{name}.py: programs beside this file would import it in place of the standard library's "
            f"module “{name}”. Give it another name."
        ],
    )


@unix
def test_a_link_may_not_lead_out_nor_nowhere(make_project: Make, tmp_path: Path) -> None:
    project = make_project({"snippets/a/one.py": "print()"})
    outside = tmp_path / "outside.py"
    outside.write_text("print()")
    folder = project.snippets / "a"
    (folder / "out.py").symlink_to(outside)
    (folder / "gone.py").symlink_to(folder / "never.py")
    (folder / "two.py").symlink_to(folder / "one.py")
    assert found(project) == (
        ["a/one", "a/two"],
        [
            "snippets/a/gone.py: this link leads nowhere. Put the program itself here, or delete the link.",
            "snippets/a/out.py: this link leads out of snippets/. Put the program itself here.",
        ],
    )


@unix
def test_a_program_that_cannot_be_read_is_told(make_project: Make) -> None:
    project = make_project({TEA: "print()"})
    path = project.root / TEA
    path.unlink()
    path.mkdir()
    with pytest.raises(ProblemsError) as caught:
        Snippet.read(path, project)
    assert str(caught.value) == f"{TEA}: it cannot be read: Is a directory. Make it readable, or delete it."


# What a program stands on


def names(make_project: Make, files: dict[str, str | bytes]) -> list[str]:
    project = make_project({f"snippets/kitchen/{name}": content for name, content in files.items()})
    folder = project.snippets / "kitchen"
    return [Path(os.path.relpath(path, folder)).as_posix() for path in local_files(read(project))]


def test_the_modules_beside_it_that_it_imports(make_project: Make) -> None:
    files: dict[str, str | bytes] = {
        "tea.py": "import asyncio, _pot\nfrom _cups import cup\nimport spices.hot.ginger\nfrom spices import mint\n",
        "_pot.py": "import _water\n",
        "_water.py": "import _pot\n",
        "_cups.py": "cup = 1\n",
        "_other.py": "",
        "other.py": "print()",
        "spices/__init__.py": "",
        "spices/mint.py": "from .cold import ice\nfrom . import sugar\n",
        "spices/sugar.py": "",
        "spices/cold.py": "ice = 1",
        "spices/unused.py": "",
        "spices/hot/__init__.py": "from ..salt import salt",
        "spices/salt.py": "",
        "spices/hot/ginger.py": "syntax error here",
    }
    assert names(make_project, files) == [
        "_cups.py",
        "_pot.py",
        "_water.py",
        "spices/__init__.py",
        "spices/cold.py",
        "spices/hot/__init__.py",
        "spices/hot/ginger.py",
        "spices/mint.py",
        "spices/salt.py",
        "spices/sugar.py",
    ]


def test_the_files_that_strings_name(make_project: Make) -> None:
    files: dict[str, str | bytes] = {
        "tea.py": """
from pathlib import Path
import _kettle
here = Path(__file__).parent
print((here / "menu.txt").read_text(), (here / "lists" / "milk.txt").read_text(), "data/sugar.csv", "", ".", "a\\0b")
print("../shared.txt", "/etc/hostname", "cup", "x" * 300, "no/such/file", "//menu.txt")
""",
        "_kettle.py": "open('water.txt')\n",
        "water.txt": "",
        "menu.txt": "",
        "lists/milk.txt": "",
        "lists/honey.txt": "",
        "data/sugar.csv": "",
        "../shared.txt": "",
        "cup/x.txt": "",
    }
    assert names(make_project, files) == [
        "_kettle.py",
        "data/sugar.csv",
        "lists/milk.txt",
        "menu.txt",
        "water.txt",
        "../shared.txt",
    ]


def test_a_blank_in_a_name_is_told(make_project: Make) -> None:
    _, found = find_snippets(make_project({"snippets/green tea.py": "print()\n"}))
    assert list(map(str, found)) == [
        "snippets/green tea.py: there is a blank in this name, which neither a link nor a command could hold. "
        "Give it another name."
    ]
