"""What a program may change for those that run after it in the same Python: kept before a run, put back after it."""

from __future__ import annotations

import ast
import atexit
import builtins
import contextlib
import gc
import importlib
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
_NOT_KEPT = frozenset({"runnable", "pyodide", "_pyodide", "_pyodide_core", "pyodide_js", "js"})

# These do something when they are imported, or are not meant to be.
_LOADED_BEFORE = sys.stdlib_module_names - {"this", "antigravity", "__main__", "test", "idlelib", "turtledemo"} | {
    "aiohttp",
    "aiofiles",
}


class State:
    """The state of the interpreter when it is made. Programs that have run leave nothing else behind."""

    def __init__(self) -> None:
        self._modules: dict[str, ModuleType] = {}
        self._names: dict[str, dict[str, Any]] = {}
        self._builtins, self._built_in = vars(builtins), dict(vars(builtins))
        self._keep_modules()
        self._keep_lists()
        self._filters = list(warnings.filters)
        self._environment = dict(os.environ)
        self._directory = os.getcwd()
        self._recursion = sys.getrecursionlimit()
        self._signals = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
        self._loggers = set(logging.root.manager.loggerDict)
        self._mask = os.umask(0o022)
        os.umask(self._mask)

    def load(self, source: str) -> None:
        """Imports what a program imports from the standard library, or from what is installed.

        It stays loaded: the next program need not wait for it.
        """
        # Since the last run the page may have brought libraries, and put them on the path.
        self._keep_lists()
        before = len(sys.modules)
        for name in _imported(source):
            if name.partition(".")[0] in _LOADED_BEFORE:
                # The program will get the same error, and say so.
                with contextlib.suppress(Exception):
                    importlib.import_module(name)
        if len(sys.modules) > before:
            self._keep_modules()

    def _keep_lists(self) -> None:
        self._lists: list[tuple[list[Any], list[Any]]] = [
            (each, list(each)) for each in (sys.argv, sys.path, sys.meta_path, sys.path_hooks)
        ]

    def _keep_modules(self) -> None:
        for name, module in sys.modules.items():
            if isinstance(module, ModuleType) and _is_kept(name):
                self._names[name] = dict(vars(module))
        self._modules.update(sys.modules)
        # No collection has to look at all this again.
        gc.collect()
        gc.freeze()

    def restore_builtins(self) -> None:
        """Puts the built-in names back. It needs none of them: the program may have deleted what it liked."""
        self._builtins.clear()
        self._builtins.update(self._built_in)

    def drop_modules(self) -> None:
        """Drops the modules that the program has loaded, and what the interpreter remembers of its last error."""
        for name in ("last_type", "last_value", "last_traceback", "last_exc"):
            vars(sys).pop(name, None)
        for name in list(sys.modules):
            if name not in self._modules and _is_kept(name):
                del sys.modules[name]

    def restore(self) -> None:
        """Puts back what it knows of."""
        sys.settrace(None)
        sys.setprofile(None)
        for name, module in self._modules.items():
            if name in self._names:
                _restore(vars(module), self._names[name])
        self.drop_modules()
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


def _is_kept(module: str) -> bool:
    return module.partition(".")[0] not in _NOT_KEPT


def _imported(source: str) -> list[str]:
    """The names of the modules that a program imports when it begins."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    names = []
    for node in tree.body:
        if isinstance(node, ast.Import):
            names += [each.name for each in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.append(node.module)
            if node.module in ("aiohttp", "concurrent"):
                names += [f"{node.module}.{each.name}" for each in node.names]
    return names


def _restore(names: dict[str, Any], kept: dict[str, Any]) -> None:
    if len(names) == len(kept) and all(names.get(name, names) is value for name, value in kept.items()):
        return
    for name in names.keys() - kept.keys():
        del names[name]
    for name, value in kept.items():
        if names.get(name, names) is not value:
            names[name] = value
