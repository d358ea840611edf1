import asyncio
import subprocess
import sys
from contextlib import aclosing

import pytest

INTERRUPTS = """\
async def main():
    import signal
    loop = asyncio.get_running_loop()
    loop.call_later(0.9, signal.raise_signal, signal.SIGINT)
"""


def timed(run):
    return [(line.second, line.text) for line in run.lines]


def test_a_bare_except_swallows_the_cancellation_and_the_timeout_with_it(virtual):
    assert timed(virtual("swallowed")) == [
        (0.5, "call 1: failed"),
        (0.9, "call 2: failed"),
        (1.4, "call 3: failed"),
        (1.4, "main: no timeout"),
    ]


def test_an_except_that_names_the_error_lets_the_timeout_through(virtual):
    assert timed(virtual("swallowed_fixed")) == [(0.5, "call 1: failed"), (0.9, "main: gives up")]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT that another process could send")
def test_a_bare_except_swallows_ctrl_c_too(tmp_path, snippet):
    """As the page says."""
    source = snippet("swallowed").source
    program = tmp_path / "interrupted.py"
    program.write_text(source.replace("async def main():\n", INTERRUPTS).replace("timeout(0.9)", "timeout(20)"))
    done = subprocess.run([sys.executable, program], capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout.splitlines() == ["call 1: failed", "call 2: failed", "call 3: failed", "main: no timeout"]
    assert (done.returncode, done.stderr) == (0, "")


def test_what_a_shield_saved_from_the_timeout_dies_with_the_loop(virtual):
    assert timed(virtual("shield_orphan")) == [(0.3, "main: waits no longer"), (0.3, "order 7: half saved")]


def test_a_shielded_task_that_main_waits_for_is_finished(virtual):
    assert timed(virtual("shield_orphan_fixed")) == [(0.3, "main: waits no longer"), (0.6, "order 7: saved")]


def test_join_waits_in_vain_for_a_worker_that_has_died(virtual):
    assert timed(virtual("join_hangs")) == [
        (0.2, "a.txt: counted"),
        (1.2, "main: join does not return"),
        (1.2, "worker: b.txt: cannot be read"),
    ]


def test_join_returns_where_task_done_is_called_after_an_error_too(virtual):
    assert timed(virtual("join_hangs_fixed")) == [
        (0.2, "a.txt: counted"),
        (0.4, "b.txt: cannot be read"),
        (0.6, "c.txt: counted"),
        (0.6, "main: all files are dealt with"),
    ]


def test_a_group_ends_join_when_the_worker_fails(snippet):
    """As the page says."""
    names = {}
    exec(snippet("join_hangs").source.partition("async def main")[0], names)

    async def main():
        queue = asyncio.Queue()
        queue.put_nowait("b.txt")
        with pytest.raises(ExceptionGroup) as raised:
            async with asyncio.timeout(20), asyncio.TaskGroup() as group:
                group.create_task(names["work"](queue))
                await queue.join()
        assert list(map(str, raised.value.exceptions)) == ["b.txt: cannot be read"]

    asyncio.run(main())


def test_a_generator_left_by_break_keeps_what_it_holds(virtual):
    assert timed(virtual("closed_late")) == [
        (0.2, "row 1"),
        (0.4, "row 2"),
        (1.2, "main: the connection is still in use"),
    ]


def test_aclosing_closes_the_generator_at_the_end_of_the_block(virtual):
    assert timed(virtual("closed_late_fixed")) == [
        (0.2, "row 1"),
        (0.4, "row 2"),
        (0.4, "main: has the connection"),
    ]


def test_aclosing_alone_would_release_what_the_generator_itself_holds(snippet):
    """As the page says of the broken program's generator."""
    source = snippet("closed_late").source
    names = {}
    exec(source.partition("async def main")[0], names)

    async def main():
        connection = asyncio.Lock()
        async with aclosing(names["rows"](connection)) as table:
            async for _ in table:
                break
            assert connection.locked()
        assert not connection.locked()

    asyncio.run(main())


def test_a_generator_without_a_name_is_closed_one_turn_of_the_loop_after_the_break(snippet):
    """As the page says."""
    source = snippet("closed_late").source
    names = {}
    exec(source.partition("async def main")[0], names)

    async def main():
        connection = asyncio.Lock()
        async for _ in names["rows"](connection):
            break
        assert connection.locked()
        await asyncio.sleep(0.1)
        assert not connection.locked()

    asyncio.run(main())


def test_sys_exit_in_a_signal_handler_cuts_the_order_off_between_paying_and_sending(virtual):
    run = virtual("cut_off")
    assert timed(run) == [
        (0.0, "order 1: paid"),
        (0.8, "order 1: sent"),
        (0.8, "order 2: paid"),
        (1.2, "asked to stop"),
    ]
    assert run.exit == 0


def test_a_handler_that_sets_an_event_lets_the_order_in_hand_be_finished_and_no_other_begin(virtual):
    run = virtual("cut_off_fixed")
    assert timed(run) == [
        (0.0, "order 1: paid"),
        (0.8, "order 1: sent"),
        (0.8, "order 2: paid"),
        (1.2, "asked to stop"),
        (1.6, "order 2: sent"),
        (1.6, "main: ends"),
    ]
    assert run.exit == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM that another process could send")
def test_without_a_handler_sigterm_runs_no_finally(tmp_path):
    """As the page says."""
    program = tmp_path / "no_handler.py"
    program.write_text(
        "import asyncio, signal\n\n"
        "async def main():\n"
        "    try:\n"
        "        asyncio.get_running_loop().call_later(0.1, signal.raise_signal, signal.SIGTERM)\n"
        "        await asyncio.sleep(20)\n"
        "    finally:\n"
        "        print('finally', flush=True)\n\n"
        "asyncio.run(main())\n"
    )
    done = subprocess.run([sys.executable, program], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (-15, "", "")
