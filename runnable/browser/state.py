"""What a program may change for those that run after it in the same Python: kept before a run, put back after it."""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import gc
import logging
import os
import signal
import sys
import warnings
import weakref
from types import ModuleType
from typing import Any

from runnable.browser.stage import forget_policy

# Ours, and those of Pyodide, which programs have nothing to do with.
_NOT_KEPT = ("runnable", "pyodide", "_pyodide", "js")


class State:
    """The state of the interpreter when it is made."""

    def __init__(self) -> None:
        self._modules: dict[str, ModuleType] = dict(sys.modules)
        self._names: dict[str, dict[str, Any]] = {
            name: dict(vars(module))
            for name, module in self._modules.items()
            if isinstance(module, ModuleType) and not name.startswith(_NOT_KEPT)
        }
        self._lists = [(each, list(each)) for each in (sys.argv, sys.path, sys.meta_path, sys.path_hooks)]
        self._filters = list(warnings.filters)
        self._environment = dict(os.environ)
        self._directory = os.getcwd()
        self._recursion = sys.getrecursionlimit()
        self._signals = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
        self._loggers = set(logging.root.manager.loggerDict)
        self._mask = os.umask(0o022)
        os.umask(self._mask)

    def restore(self) -> None:
        """Puts back what it knows of."""
        sys.settrace(None)
        sys.setprofile(None)
        for name, module in self._modules.items():
            if name in self._names:
                _restore(vars(module), self._names[name])
        for name in list(sys.modules):
            if name not in self._modules and not name.startswith(_NOT_KEPT):
                del sys.modules[name]
        sys.modules.update(self._modules)
        for each, items in self._lists:
            each[:] = items
        os.chdir(self._directory)
        sys.setrecursionlimit(self._recursion)
        for number, handler in self._signals.items():
            signal.signal(number, handler)
        for name in os.environ.keys() - self._environment.keys():
            del os.environ[name]
        os.environ.update(self._environment)
        warnings.filters[:] = self._filters  # type: ignore[index]
        # The interpreter notices other filters by it, and forgets what it has warned of.
        mutated = getattr(warnings, "_filters_mutated_lock_held", None) or warnings._filters_mutated  # type: ignore[attr-defined]
        with getattr(warnings, "_lock", contextlib.nullcontext()):
            mutated()
        self._restore_logging()
        atexit._clear()
        # It registers itself with atexit once.
        weakref.finalize._registered_with_atexit = False  # type: ignore[attr-defined]
        sys.set_asyncgen_hooks(None, None)
        sys.set_coroutine_origin_tracking_depth(0)
        forget_policy()
        gc.enable()
        gc.collect()

    def _restore_logging(self) -> None:
        root = logging.root
        for handler in root.handlers[:]:
            root.removeHandler(handler)
        root.setLevel(logging.WARNING)
        root.filters.clear()
        logging.disable(logging.NOTSET)
        loggers = root.manager.loggerDict
        for name in set(loggers) - self._loggers:
            del loggers[name]
        for logger in loggers.values():
            if isinstance(logger, logging.Logger):
                logger.setLevel(logging.NOTSET)
                logger.handlers.clear()
                logger.filters.clear()
                logger.propagate, logger.disabled = True, False


def _restore(names: dict[str, Any], kept: dict[str, Any]) -> None:
    if len(names) == len(kept) and all(names.get(name, names) is value for name, value in kept.items()):
        return
    for name in names.keys() - kept.keys():
        del names[name]
    for name, value in kept.items():
        if names.get(name, names) is not value:
            names[name] = value
