"""A pytest plugin that has aiohttp's own tests run on the stock loop, or on ours, and notes the outcome of each.

OUTSIDE_LOOP is `stock` or `ours`, OUTSIDE_RESULT the file that receives the outcomes as JSON: `ok`, `skip`, `xfail`, or
what went wrong, by the tests' names.
"""

import json
import os
import sys
import types

OUTCOMES = {}

# One module of tests imports it for a type, some tests use what it provides. Those fail here on both loops.
sys.modules.setdefault("pytest_mock", types.ModuleType("pytest_mock")).MockerFixture = object

if os.environ["OUTSIDE_LOOP"] == "ours":
    from runnable.browser import stage

    stage.set_up_network()


def pytest_runtest_logreport(report):
    """Keeps the worst of what set-up, call and tear-down of a test came to."""
    name = report.nodeid.rpartition("/")[2]
    if report.outcome == "failed":
        crash = getattr(report.longrepr, "reprcrash", None)
        OUTCOMES[name] = (crash.message if crash else str(report.longrepr).strip().splitlines()[-1])[:200]
    elif report.outcome == "skipped":
        OUTCOMES.setdefault(name, "xfail" if hasattr(report, "wasxfail") else "skip")
    elif report.when == "call":
        OUTCOMES.setdefault(name, "ok")


def pytest_sessionfinish():
    """Writes them, and how many sockets of ours there were."""
    network = sys.modules.get("runnable.browser.network")
    OUTCOMES["sockets of ours"] = next(network.Socket.network._fds) - network._FIRST_FD if network else 0
    with open(os.environ["OUTSIDE_RESULT"], "w", encoding="utf-8") as file:
        json.dump(OUTCOMES, file)
