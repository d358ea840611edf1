import sys
import sysconfig

import pytest

GIL = getattr(sys, "_is_gil_enabled", lambda: True)()


@pytest.mark.skipif(not GIL, reason="this Python has no GIL")
def test_a_thread_keeps_the_lock_until_it_waits_or_c_code_lets_go(recording):
    assert recording("released_while_waiting").out == [
        "sleep: the other thread went on",
        "compute in Python: the other thread stood still",
        "compute in C, keeping the lock: the other thread stood still",
        "compute in C, without the lock: the other thread went on",
    ]


def test_threads_that_compute_take_turns(recording):
    assert recording("slices").out == ["both took turns: True", "all steps were done: True"]


def test_the_lock_does_not_keep_an_update_from_being_lost(recording):
    assert recording("lost_update").out == ["eggs taken: 6 of 12", "eggs left, says the program: 8"]


def test_a_python_tells_whether_it_was_built_without_the_lock(recording):
    built, now = recording("is_it_on").out
    assert built in {"built to run without the GIL: no", "built to run without the GIL: yes"}
    assert now in {"the GIL is on", "the GIL is off"}
    if sys.version_info >= (3, 13):  # then it ran on this very Python
        assert built.endswith("yes") == (sysconfig.get_config_var("Py_GIL_DISABLED") == 1)
        assert now.endswith("on") == GIL
    if built.endswith("no"):
        assert now == "the GIL is on"
