"""Runs CPython's own tests of asyncio in this process, with the tracer or without, and tells how each ended.

    python asyncio_suite.py RESULT traced|untraced NAME…

Each NAME is a module, or a test, as `test_tasks` and `test_tasks.CTaskTests.test_cancel`; without any, all modules run.

RESULT gets a JSON object: "outcomes" has for each test's id what became of it (`ok`, `skipped`, `failure`, `error`,
`expected failure`, `unexpected success`) and the last line of its report; "tracer" has what went wrong in the tracer.
It needs nothing but a Python that ships `test.test_asyncio`.
"""

import importlib
import io
import json
import mmap
import pathlib
import sys
import types
import unittest

HERE = pathlib.Path(__file__).resolve()
TRACER = HERE.parents[1] / "runnable" / "tracer.py"


def loaded_tracer():
    """The tracer, as the fork server loads it."""
    module = types.ModuleType("tracer")
    module.__file__ = str(TRACER)
    exec(compile(TRACER.read_text("utf-8"), str(TRACER), "exec"), vars(module))
    return module


class Result(unittest.TestResult):
    """Notes the outcome of each test; each gets a fresh tracer, so that each is traced whole."""

    def __init__(self, tracer):
        super().__init__()
        self.tracer = tracer
        self.outcomes = {}
        self.complaints = {}
        self.traced = 0

    def startTest(self, test):
        super().startTest(test)
        if self.tracer is not None:
            self.memory = mmap.mmap(-1, self.tracer.SIZE)
            self.tracer.start(self.memory, sys.modules[type(test).__module__].__file__)

    def stopTest(self, test):
        super().stopTest(test)
        if self.tracer is not None:
            running = self.tracer._tracer
            self.tracer.stop()
            if running is not None:
                self.traced += running.steps
                notes = [text for text in running.journal.strings if text.startswith(("The tracer", "Not all"))]
                if notes:
                    self.complaints[test.id()] = notes
            del running

    def note(self, test, outcome, error=None):
        text = ""
        if error is not None:
            text = self._exc_info_to_string(error, test).strip().splitlines()[-1][:300]
        known = self.outcomes.get(test.id(), ("ok", ""))
        if known[0] in ("ok", "skipped"):
            self.outcomes[test.id()] = (outcome, text)

    def addSuccess(self, test):
        self.note(test, "ok")

    def addError(self, test, err):
        self.note(test, "error", err)

    def addFailure(self, test, err):
        self.note(test, "failure", err)

    def addSkip(self, test, reason):
        self.note(test, "skipped")

    def addExpectedFailure(self, test, err):
        self.note(test, "expected failure")

    def addUnexpectedSuccess(self, test):
        self.note(test, "unexpected success")

    def addSubTest(self, test, subtest, err):
        if err is not None:
            self.note(test, "failure", err)


def main(path, how, *wanted):
    """Runs these modules or tests of the package, or all."""
    package = importlib.import_module("test.test_asyncio")
    folder = pathlib.Path(package.__file__).parent
    names = wanted or sorted(path.stem for path in folder.glob("test_*.py"))
    loader = unittest.TestLoader()
    suite = unittest.TestSuite()
    for name in names:
        if not (folder / f"{name.partition('.')[0]}.py").exists():  # Not every Python has each.
            continue
        try:
            suite.addTests(loader.loadTestsFromName(f"test.test_asyncio.{name}"))
        except unittest.SkipTest:
            continue
    from test import support  # noqa: PLC0415 - not every Python has it

    support.use_resources = ["network"] if hasattr(support, "use_resources") else None
    result = Result(loaded_tracer() if how == "traced" else None)
    sys.stderr, stderr = io.StringIO(), sys.stderr
    try:
        suite.run(result)
    finally:
        sys.stderr = stderr
    answer = {"outcomes": result.outcomes, "tracer": result.complaints, "steps": result.traced}
    pathlib.Path(path).write_text(json.dumps(answer), "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
