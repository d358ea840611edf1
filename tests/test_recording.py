"""Recordings: how writes become lines, and a cache that nothing can break."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from runnable import recording as recording_module
from runnable.project import Project
from runnable.recording import Absence, Cache, Line, Recording, Write, assemble, digest
from runnable.snippet import Snippet

Make = Callable[[dict[str, str | bytes]], Project]


def recording(slug: str = "kitchen/tea", *writes: Write) -> Recording:
    return Recording(slug, "d" * 64, "k" * 64, "CPython 3.13.0", -9, 1.25, writes)


# Lines


def lines(*writes: tuple[float, str, str]) -> list[tuple[float, str, str]]:
    return [(line.second, line.stream, line.text) for line in assemble(Write(*write) for write in writes)]


def test_a_line_has_the_second_of_its_first_piece() -> None:
    assert lines((0.1, "out", "te"), (0.5, "out", "a"), (0.9, "out", "\nmilk\n")) == [
        (0.1, "out", "tea"),
        (0.9, "out", "milk"),
    ]


def test_the_streams_are_kept_apart_and_lines_stand_in_the_order_in_which_they_began() -> None:
    assert lines((0.1, "out", "te"), (0.2, "err", "hot\nhot"), (0.3, "out", "a\n"), (0.4, "err", "ter\n")) == [
        (0.1, "out", "tea"),
        (0.2, "err", "hot"),
        (0.2, "err", "hotter"),
    ]


def test_what_has_no_newline_at_the_end_is_a_line_all_the_same() -> None:
    assert lines((0.0, "out", "a\n\nb"), (0.1, "err", "c")) == [
        (0.0, "out", "a"),
        (0.0, "out", ""),
        (0.0, "out", "b"),
        (0.1, "err", "c"),
    ]


def test_a_line_that_was_drawn_over_ends_with_a_carriage_return() -> None:
    assert lines((0.0, "out", "10 %\r"), (0.5, "out", "50 %\r"), (1.0, "out", "done\n")) == [
        (0.0, "out", "10 %\r"),
        (0.5, "out", "50 %\r"),
        (1.0, "out", "done"),
    ]
    assert lines((0.0, "out", "wait"), (0.5, "out", "\r/\r-")) == [
        (0.0, "out", "wait\r"),
        (0.5, "out", "/\r"),
        (0.5, "out", "-"),
    ]


@pytest.mark.parametrize("pieces", [["a\r\nb\r\n"], ["a\r", "\nb\r", "\n"], ["a", "\r", "\n", "b", "\r\n"]])
def test_the_line_ends_of_windows_are_line_ends_however_they_come(pieces: list[str]) -> None:
    assert [line.text for line in assemble(Write(0.0, "out", piece) for piece in pieces)] == ["a", "b"]


def test_how_the_text_is_cut_into_writes_does_not_matter() -> None:
    chance = random.Random(7)
    for _ in range(300):
        text = "".join(chance.choices("ab\n\r", k=20))
        whole = [line.text for line in assemble([Write(0.0, "out", text)])]
        cuts = sorted(chance.sample(range(1, 20), 6))
        pieces = [text[begin:end] for begin, end in zip([0, *cuts], [*cuts, 20], strict=True)]
        assert [line.text for line in assemble(Write(0.0, "out", piece) for piece in pieces)] == whole


def test_a_megabyte_in_single_characters_is_one_line() -> None:
    # With quadratic work this would not end within the time limit of a test.
    (line,) = assemble(Write(0.0, "out", ".") for _ in range(1_000_000))
    assert line == Line(0.0, "out", "." * 1_000_000)


# The cache


@pytest.fixture
def project(make_project: Make, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.delenv("RUNNABLE_CACHE", raising=False)
    return make_project({"snippets/kitchen/tea.py": "print('tea')\n"})


def test_what_is_saved_is_loaded(project: Project) -> None:
    kept = recording("kitchen/tea", Write(0.0, "out", "naïve 東京 \x1b[31m\0\u2028\n"), Write(0.5, "err", "<b>\r"))
    saved = Cache(project).save(kept)
    loaded = Cache(project).load("kitchen/tea")
    assert saved == loaded == kept
    assert isinstance(saved, Recording)
    assert isinstance(loaded, Recording)
    assert saved.checksum == loaded.checksum != ""
    absence = Absence("kitchen/milk", "d", "no milk here")
    assert Cache(project).save(absence) == absence
    assert Cache(project).load("kitchen/milk") == absence


def test_of_what_is_saved_the_key_can_be_told_without_reading_the_rest(project: Project) -> None:
    kept = recording("kitchen/tea", Write(0.0, "out", "tea\n"))
    assert Cache(project).unread("kitchen/tea") is None
    Cache(project).save(kept)
    unread = Cache(project).unread("kitchen/tea")
    assert unread is not None
    assert unread.key == kept.key
    assert unread.read() == kept
    Cache(project).save(Absence("kitchen/tea", "d", "no tea here"))
    assert Cache(project).unread("kitchen/tea") is None
    assert unread.read() == kept  # what was found, whatever has come since


def test_nothing_is_known_of_a_program_that_was_never_recorded_or_is_forgotten(project: Project) -> None:
    cache = Cache(project)
    assert cache.load("kitchen/tea") is None
    cache.save(recording())
    cache.forget("kitchen/tea")
    cache.forget("kitchen/tea")
    assert cache.load("kitchen/tea") is None


def test_the_last_one_saved_counts_and_nothing_else_is_left(project: Project) -> None:
    cache = Cache(project)
    for text in ("one", "two"):
        cache.save(recording("kitchen/tea", Write(0.0, "out", text)))
    loaded = cache.load("kitchen/tea")
    assert isinstance(loaded, Recording)
    assert [line.text for line in loaded.lines] == ["two"]
    assert [path.name for path in entry_file(project).parent.iterdir()] == ["tea.json"]


def test_names_that_differ_after_a_dot_are_two_programs(project: Project) -> None:
    cache = Cache(project)
    cache.save(recording("kitchen/tea.green", Write(0.0, "out", "green")))
    cache.save(recording("kitchen/tea.black", Write(0.0, "out", "black")))
    cache.save(recording("kitchen/tea", Write(0.0, "out", "tea")))
    loaded = [cache.load(f"kitchen/{name}") for name in ("tea.green", "tea.black", "tea")]
    assert [one.lines[0].text for one in loaded if isinstance(one, Recording)] == ["green", "black", "tea"]


def entry_file(project: Project) -> Path:
    return project.cache / "recordings" / "kitchen" / "tea.json"


def test_a_file_with_any_byte_changed_or_missing_counts_as_none(project: Project) -> None:
    cache = Cache(project)
    cache.save(recording("kitchen/tea", Write(0.0, "out", "tea\n")))
    sound = entry_file(project).read_bytes()
    damaged = [sound[:length] for length in range(len(sound))]
    damaged += [sound[:at] + bytes([sound[at] ^ 1]) + sound[at + 1 :] for at in range(len(sound))]
    damaged += [b"", b"\n", sound + b" ", b"\xff" * 50]
    for content in damaged:
        entry_file(project).write_bytes(content)
        assert cache.load("kitchen/tea") is None
        assert cache.unread("kitchen/tea") is None
    entry_file(project).write_bytes(sound)
    assert isinstance(cache.load("kitchen/tea"), Recording)
    assert cache.unread("kitchen/tea") is not None


@pytest.mark.parametrize(
    "value",
    [
        None,
        3,
        "text",
        [],
        {},
        {"reason": "why"},
        {"reason": "why", "slug": "s", "digest": "d", "more": 1},
        {**vars(recording()), "writes": 3},
        {**vars(recording()), "writes": [[0.0, "out"]]},
        {**vars(recording()), "writes": [["a", "b", "c", "d"]]},
        {**vars(recording()), "writes": [], "unknown": 1},
        {name: value for name, value in vars(recording()).items() if name != "exit"},
    ],
)
def test_sound_json_of_another_shape_counts_as_none(project: Project, value: object) -> None:
    cache = Cache(project)
    cache.save(recording())
    body = json.dumps(value).encode()
    entry_file(project).write_bytes(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
    assert cache.load("kitchen/tea") is None
    assert cache.unread("kitchen/tea") is None


def test_a_folder_in_the_place_of_an_entry_counts_as_none(project: Project) -> None:
    entry_file(project).mkdir(parents=True)
    assert Cache(project).load("kitchen/tea") is None


def test_saving_where_it_cannot_be_done_raises_and_leaves_nothing(project: Project) -> None:
    folder = entry_file(project).parent
    folder.parent.mkdir(parents=True)
    folder.write_text("a file where a folder should be")
    with pytest.raises(OSError, match="exists"):
        Cache(project).save(recording())
    assert folder.read_text() == "a file where a folder should be"
    folder.unlink()
    entry_file(project).mkdir(parents=True)
    with pytest.raises(OSError):
        Cache(project).save(recording())
    assert [path.name for path in folder.iterdir()] == ["tea.json"]


def test_the_cache_lies_where_the_environment_says(project: Project, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("RUNNABLE_CACHE", str(tmp_path / "elsewhere"))
    Cache(project).save(recording())
    assert (tmp_path / "elsewhere" / "recordings" / "kitchen" / "tea.json").is_file()
    assert not (project.root / ".cache").exists()


def test_the_digest_stands_for_the_text_whatever_the_line_ends(make_project: Make) -> None:
    def digest_of(source: bytes) -> str:
        project = make_project({"snippets/tea.py": source})
        return digest(Snippet.read(project.snippets / "tea.py", project))

    assert digest_of(b"print()\n") == digest_of(b"\xef\xbb\xbfprint()\r\n")
    assert digest_of(b"print()\n") != digest_of(b"print()")


def test_what_decides_what_a_recording_says_changes_the_version_and_nothing_else_does(tmp_path: Path) -> None:
    package = Path(recording_module.__file__).parent
    for path in package.glob("*.py"):
        shutil.copy(path, tmp_path)
    before = recording_module.recorder_version(tmp_path)
    assert before == recording_module.RECORDER_VERSION
    changing = set()
    for path in sorted(tmp_path.glob("*.py")):
        text = path.read_bytes()
        path.write_bytes(text + b"# changed\n")
        if recording_module.recorder_version(tmp_path) != before:
            changing.add(path.stem)
        path.write_bytes(text)
    assert changing == set(recording_module.DECIDING)
    assert {"tracer", "traced", "journal", "trace"} <= changing
    assert not {"timeline", "page", "services", "chart"} & changing
