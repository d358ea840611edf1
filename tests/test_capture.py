"""Capture: nothing lost, nothing reordered, every write with its time, whatever a program writes."""

from __future__ import annotations

import asyncio
import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from runnable import capture
from runnable.capture import MOST_BYTES, Capture, PipeCapture, SocketCapture
from runnable.project import Project
from runnable.record import record
from runnable.recording import Recording, Write
from runnable.snippet import find_snippets
from runnable.stamps import in_order, sockets_work

Make = Callable[[dict[str, str | bytes]], Project]
needs_sockets = pytest.mark.skipif(not sockets_work(), reason="this platform has no sockets that stamp each write")


def second(number: float) -> int:
    return round(number * 1e9)


def texts(writes: tuple[Write, ...]) -> list[tuple[float, str, str]]:
    return [(write.second, write.stream, write.text) for write in writes]


# What was written, from bytes


@pytest.fixture
def empty() -> Capture:
    return Capture(lambda: None)


def test_a_write_keeps_its_time_from_the_start_of_the_program(empty: Capture) -> None:
    empty.feed("out", b"tea\n", second(100.25))
    empty.feed("err", b"hot\n", second(100.5))
    assert texts(empty.writes(second(100))) == [(0.25, "out", "tea\n"), (0.5, "err", "hot\n")]


def test_no_write_was_before_the_start(empty: Capture) -> None:
    empty.feed("out", b"tea\n", second(99.9))
    assert texts(empty.writes(second(100))) == [(0.0, "out", "tea\n")]


def test_the_order_is_that_of_times_whichever_stream_was_read_first(empty: Capture) -> None:
    for number in range(5):
        empty.feed("out", b"o", second(number))
    for number in range(5):
        empty.feed("err", b"e", second(number + 0.5))
    assert [write.stream for write in empty.writes(0)] == ["out", "err"] * 5


def test_characters_may_be_cut_between_writes_and_mixed_between_streams(empty: Capture) -> None:
    out, err = "naïve 東京 👩‍💻\n".encode(), "Grüße – ¡olé!\n".encode()
    for position in range(max(len(out), len(err))):
        empty.feed("out", out[position : position + 1], position)
        empty.feed("err", err[position : position + 1], position)
    writes = empty.writes(0)
    assert "".join(write.text for write in writes if write.stream == "out") == "naïve 東京 👩‍💻\n"
    assert "".join(write.text for write in writes if write.stream == "err") == "Grüße – ¡olé!\n"
    assert empty.not_utf8 is None


def test_bytes_that_are_not_utf8_are_remembered_and_shown_as_such(empty: Capture) -> None:
    empty.feed("out", b"caf\xe9 au lait\n", 0)
    empty.feed("out", b"\xff\n", 0)
    assert "".join(write.text for write in empty.writes(0)) == "caf\ufffd au lait\n\ufffd\n"
    assert empty.not_utf8 == r"b'\xe9 au lai'"


def test_half_a_character_at_the_end_is_not_utf8_unless_the_program_was_stopped(empty: Capture) -> None:
    empty.feed("out", b"a\xe6\x9d", 0)
    assert texts(empty.writes(0, whole=False)) == [(0.0, "out", "a")]
    assert empty.not_utf8 is None
    assert texts(empty.writes(0)) == [(0.0, "out", "a"), (0.0, "out", "\ufffd")]
    assert empty.not_utf8 == r"b'\xe6\x9d'"


def test_what_goes_beyond_a_megabyte_is_cut_off_and_told_once() -> None:
    told: list[str] = []
    full = Capture(lambda: told.append("full"))
    full.feed("out", b"o" * (MOST_BYTES - 10), 0)
    assert (told, full.overflowed) == ([], False)
    full.feed("err", "é".encode() * 10, 0)
    full.feed("out", b"more", 0)
    assert (told, full.overflowed) == (["full"], True)
    assert sum(len(write.text.encode()) for write in full.writes(0)) == MOST_BYTES
    assert full.not_utf8 is None


# Sockets


@needs_sockets
def test_each_write_is_one_piece_and_the_order_of_the_streams_is_exact() -> None:
    async def main() -> tuple[Write, ...]:
        whole = SocketCapture(lambda: None)
        began = time.time_ns()
        with whole.lent() as (out, err):
            # The loop has no turn meanwhile: all are in the queue, as when the recorder is late.
            for number in range(200):
                os.write(out, f"out {number}\n".encode())
                os.write(err, f"err {number}\n".encode())
                os.write(err, b"")
        await whole.finish()
        return whole.writes(began)

    writes = asyncio.run(main())
    assert [write.text for write in writes] == [
        f"{stream} {number}\n" for number in range(200) for stream in ("out", "err")
    ]
    assert [write.second for write in writes] == sorted(write.second for write in writes)


@needs_sockets
def test_the_time_is_that_of_writing_not_of_reading() -> None:
    async def main() -> tuple[int, int, tuple[Write, ...]]:
        whole = SocketCapture(lambda: None)
        before = time.time_ns()
        with whole.lent() as (out, _):
            os.write(out, b"tea\n")
        after = time.time_ns()
        while time.time_ns() < after + 1_000_000:
            pass
        await whole.finish()
        return before, after, whole.writes(0)

    before, after, (write,) = asyncio.run(main())
    assert before / 1e9 - 1e-6 <= write.second <= after / 1e9 + 1e-6


@needs_sockets
def test_a_clock_that_is_set_back_does_not_reorder_a_stream(monkeypatch: pytest.MonkeyPatch) -> None:
    stamps = iter([second(5), second(3), second(6)])
    fake = type("Timespec", (), {"unpack": lambda self, data: divmod(next(stamps), 1_000_000_000)})()

    async def main() -> tuple[Write, ...]:
        whole = SocketCapture(lambda: None)
        with whole.lent() as (out, _):
            for text in (b"one", b"two", b"three"):
                os.write(out, text)
        monkeypatch.setattr(capture, "_TIMESPEC", fake)
        await whole.finish()
        return whole.writes(0)

    assert texts(asyncio.run(main())) == [(5.0, "out", "one"), (5.0, "out", "two"), (6.0, "out", "three")]


@needs_sockets
def test_it_is_known_whether_someone_still_holds_the_streams() -> None:
    async def main() -> list[bool]:
        known = []
        whole = SocketCapture(lambda: None)
        with whole.lent() as (out, err):
            copies = os.dup(out), os.dup(err)
        for copy in copies:
            known.append(whole.released())
            os.write(copy, b"still here")
            os.close(copy)
        known.append(whole.released())
        await whole.finish()
        return known

    assert asyncio.run(main()) == [False, False, True]


def open_files() -> list[str]:
    return sorted(path.name for path in Path("/proc/self/fd").iterdir())


@needs_sockets
def test_capturing_leaves_no_file_open() -> None:
    async def main() -> list[list[str]]:
        before = open_files()
        whole = SocketCapture(lambda: None)
        with whole.lent():
            pass
        await whole.finish()
        failed = SocketCapture(lambda: None)
        with contextlib.suppress(RuntimeError), failed.lent():
            raise RuntimeError
        await failed.finish()
        return [before, open_files()]

    before, after = asyncio.run(main())
    assert before == after


# Pipes


def test_pipes_keep_all_that_was_written() -> None:
    async def main() -> PipeCapture:
        whole = PipeCapture(lambda: None)
        whole.pipe_data_received(1, "té".encode()[:2])
        whole.pipe_data_received(2, b"hot\n")
        whole.pipe_data_received(1, "té".encode()[2:] + b"\n")
        whole.pipe_connection_lost(1, None)
        assert not whole.released()
        whole.pipe_connection_lost(2, None)
        await whole.finish()
        return whole

    whole = asyncio.run(main())
    writes = whole.writes(0)
    assert "".join(write.text for write in writes if write.stream == "out") == "té\n"
    assert "".join(write.text for write in writes if write.stream == "err") == "hot\n"
    assert whole.released()


# Whole programs


@contextlib.contextmanager
def busy_cores() -> Iterator[None]:
    spinning = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(os.cpu_count() or 1)]
    try:
        yield
    finally:
        for process in spinning:
            process.kill()
            process.wait()


def recordings(project: Project) -> dict[str, Recording]:
    snippets, problems = find_snippets(project)
    assert problems == []
    outcomes = record(project, snippets, keep=False)
    assert [str(problem) for outcome in outcomes for problem in outcome.problems] == []
    return {outcome.snippet.slug: outcome.entry for outcome in outcomes if isinstance(outcome.entry, Recording)}


INTERLEAVED = {
    "snippets/printed.py": """
import sys
for number in range(300):
    print("out", number)
    print("err", number, file=sys.stderr)
""",
    "snippets/written.py": """
import os
for number in range(300):
    os.write(1, b"out %d\\n" % number)
    os.write(2, b"err %d\\n" % number)
""",
    "snippets/threads.py": """
import os, threading
turn = [threading.Semaphore(1), threading.Semaphore(0)]
def write(me, stream, name):
    for number in range(150):
        turn[me].acquire()
        os.write(stream, b"%s %d\\n" % (name, number))
        turn[1 - me].release()
threads = [threading.Thread(target=write, args=(me, me + 1, name)) for me, name in enumerate([b"out", b"err"])]
[thread.start() for thread in threads]
""",
    "snippets/child.py": """
import subprocess, sys
CHILD = "import sys; print('child out', sys.argv[1]); print('child err', sys.argv[1], file=sys.stderr)"
for number in range(3):
    print("before", number)
    subprocess.run([sys.executable, "-c", CHILD, str(number)])
    print("after", number, file=sys.stderr)
""",
    "snippets/forked.py": """
import multiprocessing
def work():
    print("in the child")
if __name__ == "__main__":
    print("before")
    process = multiprocessing.get_context("spawn").Process(target=work)
    process.start()
    process.join()
    print("after")
""",
}


@pytest.mark.skipif(not in_order(), reason="this platform does not keep the order of the two streams")
@pytest.mark.parametrize("busy", [False, True], ids=["idle", "busy"])
def test_programs_keep_the_order_of_their_streams(make_project: Make, busy: bool) -> None:
    with busy_cores() if busy else contextlib.nullcontext():
        found = recordings(make_project(dict(INTERLEAVED)))
    for slug, count in (("printed", 300), ("written", 300), ("threads", 150)):
        expected = [(stream, f"{stream} {number}") for number in range(count) for stream in ("out", "err")]
        assert [(line.stream, line.text) for line in found[slug].lines] == expected
    assert [(line.stream, line.text) for line in found["child"].lines] == [
        line
        for number in range(3)
        for line in (
            ("out", f"before {number}"),
            ("out", f"child out {number}"),
            ("err", f"child err {number}"),
            ("err", f"after {number}"),
        )
    ]
    assert [line.text for line in found["forked"].lines] == ["before", "in the child", "after"]
    for recording in found.values():
        seconds = [write.second for write in recording.writes]
        assert seconds == sorted(seconds)
        assert 0 <= seconds[0] <= seconds[-1] <= recording.seconds


@pytest.mark.skipif(not in_order(), reason="here the time is that of reading, which may come late")
def test_the_times_of_programs_lie_between_what_they_saw_themselves(make_project: Make) -> None:
    source = """
import time
for number in range(20):
    print(time.time_ns(), time.time_ns())
    time.sleep(0.01)
"""
    project = make_project({"snippets/clock.py": source})
    (recording,) = recordings(project).values()
    seen = [tuple(map(int, line.text.split())) for line in recording.lines]
    written = [line.second * 1e9 for line in recording.lines]
    # The start is not known here, but the least that each line leaves for it must fit all of them.
    earliest = max(second - later for second, (_, later) in zip(written[:-1], seen[1:], strict=True))
    latest = min(second - now for second, (now, _) in zip(written, seen, strict=True))
    assert -latest - 1000 <= -earliest + 1000


TOO_LONG = {
    "snippets/long.py": """
import sys
print("first")
sys.stdout.write("x" * 50_000 + "\\n")
print("last", file=sys.stderr)
""",
}


@needs_sockets
def test_a_write_too_long_for_a_socket_goes_through_a_pipe(make_project: Make, monkeypatch) -> None:
    whole = recordings(make_project(dict(TOO_LONG)))["long"].lines
    monkeypatch.setattr(capture, "_LONGEST_WRITE", 1)  # The kernel makes it some 4 KB, its least.
    piped = recordings(make_project(dict(TOO_LONG)))["long"].lines
    for lines in (whole, piped):
        assert [line.text for line in lines if line.stream == "out"] == ["first", "x" * 50_000]
        assert [line.text for line in lines if line.stream == "err"] == ["last"]


@needs_sockets
@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
@pytest.mark.parametrize("how", ["python", "shell"])
def test_a_program_may_open_its_output_by_a_name(make_project: Make, name: str, how: str) -> None:
    by_python = f"with open({name!r}, 'w') as out:\n    print('by name', file=out)\n"
    by_shell = f"import subprocess\nsubprocess.run(['sh', '-c', 'echo by name > {name}'], check=True)\n"
    source = f"print('first')\n{by_python if how == 'python' else by_shell}print('last')\n"
    found = recordings(make_project({"snippets/named.py": source}))["named"]
    assert [line.text for line in found.lines] == ["first", "by name", "last"]


@needs_sockets
def test_the_second_run_of_a_program_finds_its_working_directory_empty(make_project: Make, monkeypatch) -> None:
    source = """
import os, sys
os.mkdir("made")
open("file", "x").close()
sys.stdout.write("x" * 50_000)
"""
    monkeypatch.setattr(capture, "_LONGEST_WRITE", 1)
    assert recordings(make_project({"snippets/maker.py": source}))["maker"].exit == 0


def test_pipes_alone_will_do(make_project: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUNNABLE_PIPES", "1")
    assert not in_order()
    found = recordings(make_project(INTERLEAVED | TOO_LONG))
    assert sorted(line.text for line in found["child"].lines if line.stream == "out") == sorted(
        f"{what} {number}" for what in ("before", "child out") for number in range(3)
    )
    for stream in ("out", "err"):
        printed = [line.text for line in found["printed"].lines if line.stream == stream]
        assert printed == [f"{stream} {number}" for number in range(300)]
    assert [line.text for line in found["long"].lines if line.stream == "out"] == ["first", "x" * 50_000]
