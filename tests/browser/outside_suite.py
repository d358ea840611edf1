"""Run tests of CPython's own `test.test_asyncio` on the stock loop, or on ours with its network.

    python tests/browser/outside_suite.py stock|ours MODULE...

Prints a line of JSON: the outcome of each test by its name, `ok`, `skip`, or what went wrong.
"""

import faulthandler
import json
import os
import sys
import unittest

LEFT_OUT = ("ssl", "new_process")
"""There is no TLS in a page, and no process: who waits for either would wait for ever."""

SECONDS = 500
"""After which it gives up, and says where it stands."""


def use_ours():
    """Has the tests make loops and sockets of ours, as in the page."""
    import asyncio

    from runnable.browser import stage
    from runnable.browser.loop import Loop

    stage.set_up_network()
    asyncio.SelectorEventLoop = asyncio.unix_events.SelectorEventLoop = Loop
    if hasattr(asyncio, "SafeChildWatcher"):
        # Before 3.14 many tests attach one, although few start a process.
        asyncio.SafeChildWatcher.attach_loop = lambda self, loop: None
    from test.support import socket_helper

    # Whether Unix sockets can be bound is asked once, and answered here.
    socket_helper._bind_nix_socket_error = OSError("there are none")


class Result(unittest.TestResult):
    def __init__(self):
        super().__init__()
        self.outcomes = {}

    def _note(self, test, outcome):
        name = test.id().removeprefix("test.test_asyncio.")
        self.outcomes[name] = outcome

    def addSuccess(self, test):
        super().addSuccess(test)
        self._note(test, "ok")

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self._note(test, "skip")

    def addExpectedFailure(self, test, err):
        super().addExpectedFailure(test, err)
        self._note(test, "ok")

    def addError(self, test, err):
        super().addError(test, err)
        self._note(test, f"{err[0].__name__}: {err[1]}"[:200])

    addFailure = addError

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            self._note(test, f"{err[0].__name__}: {err[1]}"[:200])


def flat(suite):
    """The tests of a suite."""
    for each in suite:
        if isinstance(each, unittest.TestSuite):
            yield from flat(each)
        else:
            yield each


def main(which, *modules):
    if which == "ours":
        use_ours()
    faulthandler.dump_traceback_later(SECONDS, exit=True)
    suite = unittest.defaultTestLoader.loadTestsFromNames([f"test.test_asyncio.{module}" for module in modules])
    result = Result()
    # Tests print to stdout and stderr what they like.
    out = os.dup(1)
    os.dup2(2, 1)
    unittest.TestSuite(test for test in flat(suite) if not any(each in test.id().lower() for each in LEFT_OUT)).run(
        result
    )
    os.write(out, (json.dumps(result.outcomes) + "\n").encode())
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
