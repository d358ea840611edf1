"""Facts about contents: found out once, and again when anything is another than it was."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from runnable import memory as memory_module
from runnable.memory import Memory
from runnable.project import Project

Make = Callable[[dict[str, str | bytes]], Project]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where a memory is kept in which one fact is: that tea has three letters."""
    path = tmp_path / "cache" / "facts"
    memory = Memory(path)
    assert memory.fact("tea", lambda: 3) == 3
    memory.keep()
    return path


def never() -> int:
    pytest.fail("it was found out again")


def test_what_was_found_out_is_known_in_this_process_and_in_the_next(file: Path) -> None:
    memory = Memory(file)
    assert memory.fact("tea", never) == 3
    assert memory.fact("coffee", lambda: 6) == 6
    assert memory.fact("coffee", never) == 6
    assert Memory(file).fact("coffee", lambda: 7) == 7  # It was never kept.


def test_a_fact_may_be_any_value_also_a_false_one(file: Path) -> None:
    memory = Memory(file)
    values: list[bool | int | str] = [False, 0, ""]
    for value in values:
        assert memory.fact(repr(value), lambda value=value: value) == value  # type: ignore[misc]
    memory.keep()
    assert [Memory(file).fact(repr(value), never) for value in values] == values


def test_what_is_noted_is_known_and_nothing_else(file: Path) -> None:
    memory = Memory(file)
    assert not memory.knows("the tea is hot")
    memory.note("the tea is hot")
    memory.keep()
    assert Memory(file).knows("the tea is hot")
    assert not Memory(file).knows("the tea is hot.")


def test_where_looking_fails_nothing_is_remembered(file: Path) -> None:
    memory = Memory(file)

    def fails() -> int:
        raise ValueError("no milk")

    for _ in range(2):
        with pytest.raises(ValueError, match="no milk"):
            memory.fact("milk", fails)
    assert memory.fact("milk", lambda: 4) == 4


def test_text_that_is_not_unicode_has_its_facts_too(file: Path) -> None:
    memory = Memory(file)
    assert memory.fact("\udcff", lambda: 1) == 1
    assert memory.fact("\udcfe", lambda: 2) == 2


def test_a_file_with_any_byte_changed_or_missing_counts_as_none(file: Path) -> None:
    sound = file.read_bytes()
    damaged = [sound[:length] for length in range(len(sound))]
    damaged += [sound[:at] + bytes([sound[at] ^ 1]) + sound[at + 1 :] for at in range(len(sound))]
    damaged += [b"", b"\n", sound + b" ", b"\xff" * 50]
    for content in damaged:
        file.write_bytes(content)
        assert Memory(file).fact("tea", lambda: 0) == 0
    file.write_bytes(sound)
    assert Memory(file).fact("tea", never) == 3


def test_another_python_or_another_text_of_ours_knows_nothing(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory_module, "_ourselves", lambda: "another")
    assert Memory(file).fact("tea", lambda: 0) == 0


def test_every_module_of_ours_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "browser").mkdir()
    monkeypatch.setattr(memory_module, "__file__", str(tmp_path / "memory.py"))
    seen = set()
    for name in ("memory.py", "other.py", "browser/support.py"):
        (tmp_path / name).write_text("one")
        seen.add(memory_module._ourselves.__wrapped__())
        (tmp_path / name).write_text("two")
        seen.add(memory_module._ourselves.__wrapped__())
    assert len(seen) == 6
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "other.py").write_text("")
    (tmp_path / "notes.txt").write_text("")
    assert memory_module._ourselves.__wrapped__() in seen


def test_what_nobody_asks_for_in_a_month_is_dropped_and_the_rest_stays(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = time.time()
    for day in (10, 20, 35):
        monkeypatch.setattr(memory_module.time, "time", lambda day=day: now + day * 86_400)
        memory = Memory(file)
        memory.fact("milk", lambda: 4)
        memory.keep()
    facts = json.loads(file.read_bytes().partition(b"\n")[2])["facts"]
    assert [value for _, value in facts.values()] == [4]


def test_nothing_is_written_where_nothing_is_new(file: Path) -> None:
    before = file.stat()
    memory = Memory(file)
    memory.fact("tea", never)
    memory.keep()
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert [path.name for path in file.parent.iterdir()] == ["facts"]


def test_where_nothing_can_be_kept_it_is_found_out_each_time(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file, not a folder")
    memory = Memory(tmp_path / "cache" / "facts")
    memory.note("tea")
    memory.keep()
    assert not Memory(tmp_path / "cache" / "facts").knows("tea")


def test_a_project_has_one_memory_and_it_lies_where_the_environment_says(
    make_project: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("RUNNABLE_CACHE", raising=False)
    project = make_project({"snippets/tea.py": "print('tea')\n"})
    assert Memory.of(project) is Memory.of(Project.at(project.root))
    monkeypatch.setenv("RUNNABLE_CACHE", str(tmp_path / "elsewhere"))
    Memory.of(project).note("tea")
    Memory.of(project).keep()
    assert Memory(tmp_path / "elsewhere" / "facts").knows("tea")


@pytest.mark.parametrize("value", [None, 3, [], {}, {"by": "nobody", "facts": 3}, {"facts": {}}])
def test_sound_json_of_another_shape_counts_as_none(file: Path, value: object) -> None:
    body = json.dumps(value).encode()
    file.write_bytes(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
    assert Memory(file).fact("tea", lambda: 0) == 0
