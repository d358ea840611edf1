"""Headers: what they may say, and the whole message, with its line, for each thing that they may not."""

from __future__ import annotations

import pytest

from runnable.header import DEFAULT_TIMEOUT, Header, read_header
from runnable.problem import ProblemsError

PLACE = "snippets/kitchen/tea.py"


def header(*lines: str, above: str = "", below: str = "\nprint('tea')\n") -> str:
    """A program with these lines in its header, which begins in line 1 where nothing is above."""
    body = "".join(f"# {line}".rstrip() + "\n" for line in lines)
    return f"{above}# /// script\n{body}# ///{below}"


def problems(source: str) -> list[str]:
    with pytest.raises(ProblemsError) as caught:
        read_header(source, PLACE)
    return [str(problem) for problem in caught.value.problems]


def only_problem(source: str) -> str:
    (problem,) = problems(source)
    return problem


def test_a_program_without_a_header_runs_on_any_supported_python_for_ten_seconds_and_ends_with_0() -> None:
    read, lines = read_header("print('tea')\n# /// pyproject\n# x = 1\n# ///\n", PLACE)
    assert read == Header()
    assert (str(read.requires_python), read.timeout, read.exit) == (">=3.11", 10.0, 0)
    assert list(lines) == []


def test_every_key_is_read() -> None:
    source = header(
        'requires-python = ">=3.13"',
        "dependencies = [",
        '  "aiohttp>=3.14",  # a comment',
        '  "rich",',
        "]",
        "",
        "[tool.runnable]",
        "timeout = 2.5",
        "exit = -11",
        "ports = [8080, 8081]",
        'services = ["postgres"]',
        "alone = true",
        "platforms = ['linux', 'macos']",
        'browser = "It measures threads."',
        "[tool.other]",
        "anything = true",
        above="#!/usr/bin/env python\n\n",
    )
    read, lines = read_header(source, PLACE)
    assert str(read.requires_python) == ">=3.13"
    assert list(map(str, read.dependencies)) == ["aiohttp>=3.14", "rich"]
    assert (read.timeout, read.exit, read.ports, read.services) == (2.5, -11, (8080, 8081), ("postgres",))
    assert read.alone
    assert read.platforms == ("linux", "macos")
    assert read.browser == "It measures threads."
    assert (lines.start, lines.stop - 1) == (3, 20)
    assert source.split("\n")[2] == "# /// script"
    assert source.split("\n")[19] == "# ///"


def test_an_empty_comment_is_an_empty_line_of_the_header() -> None:
    read, lines = read_header("# /// script\n#\n# [tool.runnable]\n#\n# exit = 3\n# ///\nprint()", PLACE)
    assert (read.exit, list(lines)) == (3, [1, 2, 3, 4, 5, 6])


def test_a_header_may_be_the_end_of_the_file() -> None:
    assert read_header(header("[tool.runnable]", "timeout = 1", below=""), PLACE)[0].timeout == 1.0


KNOWN = "Known: timeout, exit, ports, services, alone, platforms and browser."


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (
            ["[tool.runnable]", "exit = 1", "timout = 3"],
            f":4: unknown key “timout” in [tool.runnable]. Did you mean “timeout”? {KNOWN}",
        ),
        (["[tool.runnable]", "zebra = 3"], f":3: unknown key “zebra” in [tool.runnable]. {KNOWN}"),
        (["[tool.runnable.zebra]", "x = 3"], f":2: unknown key “zebra” in [tool.runnable]. {KNOWN}"),
        (
            ["", 'require-python = ">=3.11"'],
            ":3: unknown key “require-python” in the header. Did you mean “requires-python”? "
            "Known: requires-python, dependencies and tool.",
        ),
        (
            ["[runnable]", "timeout = 3"],
            ":2: unknown key “runnable” in the header. Known: requires-python, dependencies and tool.",
        ),
    ],
)
def test_an_unknown_key_is_told_with_the_known_ones(lines: list[str], message: str) -> None:
    assert only_problem(header(*lines)) == PLACE + message


@pytest.mark.parametrize("key", ["timeout", "exit", "ports", "services", "alone", "platforms", "browser"])
def test_a_key_may_not_have_a_value_of_another_type(key: str) -> None:
    wrong = {
        "timeout": ["0", "-1", "true", "'5'", "inf", "nan", "[5]"],
        "exit": ["256", "-65", "1.5", "true", "'1'"],
        "ports": ["8080", "[0]", "[65536]", "['8080']", "[true]", "[80.5]"],
        "services": ["'postgres'", "[1]", "['']"],
        "platforms": ["'linux'", "[]", "['linux', 'darwin']", "[1]"],
        "alone": ["1", "'yes'", "[true]"],
        "browser": ["false", "''", "'no'", "'It measures threads'", "' It measures threads.'"],
    }[key]
    shown = {"true": "True", "false": "False", "[true]": "[True]"}
    must = {
        "timeout": "a number of seconds above 0",
        "exit": "a whole number from -64 to 255",
        "ports": "a list of port numbers",
        "services": "a list of names of services",
        "alone": "true or false",
        "platforms": "a list of some of “linux”, “macos” and “windows”",
        "browser": "the reason why it cannot run in a page, a sentence as in “It measures threads.”",
    }[key]
    for value in wrong:
        assert only_problem(header("[tool.runnable]", f"{key} = {value}")) == (
            f"{PLACE}:3: {key} is {shown.get(value, value)}. It must be {must}."
        )


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["requires-python = 3.11"], ":2: requires-python is 3.11. Write versions as in “>=3.15”."),
        (["", 'requires-python = "3.11+"'], ":3: requires-python is '3.11+'. Write versions as in “>=3.15”."),
        (
            ['dependencies = "aiohttp"'],
            ":2: dependencies is 'aiohttp'. It must be a list of requirements, as [“aiohttp”].",
        ),
        (["dependencies = [1]"], ":2: dependencies is [1]. It must be a list of requirements, as [“aiohttp”]."),
        (
            ["dependencies = [", '  "rich",', '  "aio http",', "]"],
            ":4: “aio http” in dependencies is not a requirement. Write one as in “aiohttp>=3.14”.",
        ),
        (["tool = 3"], ":2: tool is 3. It must be a table: write “[tool.runnable]”."),
        (["[tool]", "runnable = 3"], ":3: tool.runnable is 3. It must be a table: write “[tool.runnable]”."),
    ],
)
def test_what_other_tools_read_must_be_right_too(lines: list[str], message: str) -> None:
    assert only_problem(header(*lines)) == PLACE + message


def test_all_problems_of_a_header_are_told_in_the_order_of_lines() -> None:
    assert problems(
        header('requires-python = "x"', "dependencies = 1", "[tool.runnable]", "exit = 999", "tiemout = 1")
    ) == [
        f"{PLACE}:2: requires-python is 'x'. Write versions as in “>=3.15”.",
        f"{PLACE}:3: dependencies is 1. It must be a list of requirements, as [“aiohttp”].",
        f"{PLACE}:5: exit is 999. It must be a whole number from -64 to 255.",
        f"{PLACE}:6: unknown key “tiemout” in [tool.runnable]. Did you mean “timeout”? {KNOWN}",
    ]


@pytest.mark.parametrize(
    ("lines", "line", "reason"),
    [
        (["[tool.runnable]", "timeout ="], 4, "Invalid value"),
        (["[tool.runnable]", "exit: 1"], 4, "Expected '=' after a key in a key/value pair"),
        (["[tool.runnable]", "exit = 1", "", "exit = 2"], 6, "Cannot overwrite a value"),
        (["", 'dependencies = ["rich"'], 5, "Unclosed array"),
    ],
)
def test_a_header_that_is_not_toml_is_told_with_the_line_of_the_file(lines: list[str], line: int, reason: str) -> None:
    source = header(*lines, above="\n")
    assert only_problem(source) == f"{PLACE}:{line}: the header is not TOML: {reason}. Correct it."


@pytest.mark.parametrize(
    "source",
    [
        "print()\n\n# /// script\n# [tool.runnable]\n# exit = 1\nprint('tea')\n",
        "print()\n\n# /// script\n# [tool.runnable]\n\n# exit = 1\n# ///\n",
        "print()\n\n# /// script\n#[tool.runnable]\n# ///\n",
        "print()\n\n# /// script",
    ],
)
def test_a_header_that_does_not_end_is_told_with_the_line_where_it_begins(source: str) -> None:
    assert only_problem(source) == (
        f"{PLACE}:3: the header begins here but does not end. "
        "Begin each of its lines with “#”, and end it with “# ///”."
    )


def test_two_headers_are_told_with_the_line_of_the_second() -> None:
    one = header("[tool.runnable]", "exit = 1")
    message = f"{PLACE}:6: there is a second header. Keep one of the two."
    assert only_problem(one + one) == message
    assert only_problem(one + "# /// script\n# never closed\n") == message


def test_blanks_after_the_opening_are_told_for_no_tool_would_find_the_header() -> None:
    assert only_problem("# /// script \n# ///\n") == f"{PLACE}:1: blanks follow “# /// script”. Delete them."


def test_the_default_limit_is_in_seconds() -> None:
    assert DEFAULT_TIMEOUT == 10.0


def test_a_table_whose_name_is_nearly_ours_is_told() -> None:
    source = "# /// script\n# [tool.runable]\n# exit = 1\n# [tool.black]\n# line-length = 3\n# ///\n"
    with pytest.raises(ProblemsError) as caught:
        read_header(source, "snippets/tea.py")
    assert str(caught.value) == ("snippets/tea.py:2: tool.runable is no table of ours. Did you mean “[tool.runnable]”?")
