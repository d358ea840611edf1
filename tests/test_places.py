"""Paths in output: what differs between machines is cut off, and nothing else."""

from __future__ import annotations

from pathlib import PurePosixPath, PureWindowsPath

import pytest

from runnable.places import shortener

POSIX = shortener(PurePosixPath("/home/ada/guide"), PurePosixPath("/tmp/runnable-x1/7"), "3.13")
WINDOWS = shortener(PureWindowsPath("D:\\ada\\guide"), PureWindowsPath("C:\\Temp\\runnable-x1\\7"), "3.13")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('  File "/home/ada/guide/snippets/a/tea.py", line 3', '  File "snippets/a/tea.py", line 3'),
        ("/home/ada/guide/snippets/tea.py:3: Warning", "snippets/tea.py:3: Warning"),
        ("in /home/ada/guide.", "in .."),
        ("['/home/ada/guide', '/home/ada/guide/docs']", "['.', 'docs']"),
        ("/home/ada/guide-old/tea.py", "/home/ada/guide-old/tea.py"),
        ("/home/ada/guide2 and /home/ada/guide.d", "/home/ada/guide2 and /home/ada/guide.d"),
        ("/tmp/runnable-x1/7/notes.txt", "notes.txt"),
        ("PosixPath('/tmp/runnable-x1/7')", "PosixPath('.')"),
        ("/tmp/runnable-x1/77/notes.txt", "/tmp/runnable-x1/77/notes.txt"),
        ('  File "/usr/lib/python3.13/asyncio/runners.py"', '  File "lib/python3.13/asyncio/runners.py"'),
        (
            "at /opt/venv/lib/python3.13/site-packages/aiohttp/web.py:5>",
            "at lib/python3.13/site-packages/aiohttp/web.py:5>",
        ),
        ("/home/ada/guide/.venv/lib/python3.11/x.py", "lib/python3.11/x.py"),
        ("https://example.org/lib/python", "https://example.org/lib/python"),
        ("and/or a/b/c 1/2 //", "and/or a/b/c 1/2 //"),
    ],
)
def test_folders_are_cut_off(text: str, shown: str) -> None:
    assert POSIX(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('  File "D:\\ada\\guide\\snippets\\a\\tea.py", line 3', '  File "snippets/a/tea.py", line 3'),
        ("D:\\ada\\guide\\snippets\\tea.py:3: Warning \\ here", "snippets/tea.py:3: Warning \\ here"),
        ("C:\\Temp\\runnable-x1\\7", "."),
        (
            '  File "C:\\Program Files\\Python313\\Lib\\asyncio\\runners.py", line 5',
            '  File "lib/python3.13/asyncio/runners.py", line 5',
        ),
    ],
)
def test_on_windows_what_remains_is_written_as_elsewhere(text: str, shown: str) -> None:
    assert WINDOWS(text) == shown


def test_a_megabyte_of_slashes_takes_no_long() -> None:
    # A pattern that tries each slash with all that follow would not end within the time limit of a test.
    for text in ("/." * 500_000, "-/" * 500_000, "/" * 1_000_000):
        assert POSIX(text + "/lib/python3.1") == text + "/lib/python3.1"
