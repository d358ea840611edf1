"""Records in a running program how its asyncio tasks take turns, without the program being able to tell.

The recorder executes this file's text in the program's process before the program begins (`runnable.forkserver`,
`runnable.interpreter`). It imports nothing of ours and works on any Python from 3.11 on, in the browser too.

Nothing is wrapped and nothing replaced: some functions of asyncio keep their identity, and get a code object compiled
from their own source with calls of ours put in, on the same lines (`runnable/tracer.py`, `_compiled`). So each task,
coroutine, handle, traceback and warning is what it would be without. Every step of a task is a `Handle._run` whose
callback is bound to the task, and every task that is woken goes through `BaseEventLoop._call_soon`.

What is seen is written at once into a buffer (see `Journal`), as a rule one that outlives the process, so a program
that is killed leaves it behind. `runnable.journal` makes a `Trace` of it.

No strong reference to anything of the program is kept: tasks are known by their `id` and a weak reference, and of what
they wait for only texts are kept.
"""

import _thread
import ast
import asyncio
import collections
import contextlib
import gc
import itertools
import os
import struct
import sys
import time
import types
import warnings
import weakref
from asyncio import base_events, events, futures, tasks

MOST_STEPS = 2_000
MOST_TASKS = 2_000
MOST_OTHERS = 500
"""How many callbacks that take long, and how many jobs are kept."""
MOST_CHARACTERS = 200
"""What is longer is cut off."""
LONG_NS = 10_000_000
"""A callback that takes at least this long is noticed."""
SIZE = 4 << 20
"""Bytes of a buffer. What was never written to takes no memory."""

# The layout of a buffer: a header, where each thread's current step is noted; the sums of what is not kept, a pair for
# each task and one for the others; then the records, each beginning with the letter of its kind.
MAGIC = 0x54524143
HEADER = struct.Struct("=QQ")
SLOTS = 8
SLOT = struct.Struct("=QQ")
SUMS = HEADER.size + SLOTS * SLOT.size
RECORDS = SUMS + (MOST_TASKS + 1) * SLOT.size
STRING = struct.Struct("=cIH")  # number, length in bytes; the text follows
TASK = struct.Struct("=ciHQII?")  # parent, loop, time, name, coroutine, eager (-1 for what is not known, everywhere)
NAME = struct.Struct("=cII")  # task, name
EAGER = struct.Struct("=cIQ")  # task, time: it was created then, and began at once
END = struct.Struct("=cIQBIi")  # task, time, outcome, detail, by whom cancelled
STEP = struct.Struct("=cIQQIii")  # task, start, end, what it waits for, line, woken by
CALLBACK = struct.Struct("=cHQQI")  # loop, start, end, name
JOB = struct.Struct("=cIIBiQ")  # number, name, kind, task, time
BEGUN = struct.Struct("=cIIQ")  # number, worker, time
DONE = struct.Struct("=cIQ")  # number, time
NOTE = struct.Struct("=cI")  # text



def used(buffer):
    """How many bytes of a buffer say something; 0 where nothing was traced."""
    magic, end = HEADER.unpack_from(buffer)
    return end if magic & 0xFFFFFFFF == MAGIC and RECORDS <= end <= SIZE else 0


_now = time.time_ns
_ident = _thread.get_ident
_TASKS = (tasks.Task, tasks._PyTask)
_METHODS = types.MethodType
_BUILTINS = types.BuiltinFunctionType
_HERE = __file__


class Journal:
    """Appends records to a buffer, whose header says how far they go. Never waits: threads and signal handlers write.

    A record is whole or not there, whenever the process ends.
    """

    def __init__(self, buffer):
        self.buffer = buffer
        self.sums = memoryview(buffer)[SUMS:RECORDS].cast("Q")
        self.slots = memoryview(buffer)[HEADER.size : SUMS].cast("Q")
        self.used = RECORDS
        self.full = False
        self._lock = _thread.allocate_lock()
        self._waiting = collections.deque()
        self._strings = {}
        self._numbers = itertools.count(1)

    def put(self, record):
        """Appends a record, or several in one `bytes`; where another thread is at it, that one does."""
        self._waiting.append(record)
        while self._waiting and self._lock.acquire(False):
            try:
                self._write()
            finally:
                self._lock.release()

    def _write(self):
        while self._waiting:
            record = self._waiting.popleft()
            used = self.used + len(record)
            if used > len(self.buffer):
                self.full = True
                continue
            self.buffer[self.used : used] = record
            self.used = used
            HEADER.pack_into(self.buffer, 0, MAGIC | self.full << 32, used)

    def string(self, text):
        """The number of a text, which is in the buffer from then on; 0 is the empty text."""
        number = self._strings.get(text)
        if number is None:
            if not text:
                return 0
            text = str.__str__(text)[:MOST_CHARACTERS]
            number = self._strings.get(text)
            if number is None:
                number = next(self._numbers)
                data = text.encode("utf-8", "backslashreplace")
                self.put(STRING.pack(b"S", number, len(data)) + data)
                self._strings[text] = number
        return number


class Tracer:
    """What is known of the running program; its methods are called from within asyncio, and never raise an Exception."""

    def __init__(self, buffer, program):
        self.journal = Journal(buffer)
        self.program = program
        self.known = {}
        """For each task that has not ended: its record (see `_register`), by the task's id."""
        self.threads = {}
        """For each thread that runs a loop: the callbacks that run now, innermost last."""
        self.causes = {}
        """The task in whose turn a callback was asked for, by the handle's id."""
        self.slept = {}
        """The last sleep asked for in each thread: the id of its future, and the delay."""
        self.executions = {}
        """The names of futures that stand for something else, by their id: weak references and names."""
        self.jobs = {}
        self.loops = []
        self.tasks = 0
        self.steps = 0
        self.callbacks = 0
        self.jobs_seen = 0
        self.failed = False
        self.patched_threads = False
        self.other = [-1, None, -1, -1, "", 0]

    # What the hooks call.

    def begin(self, handle):
        """A callback begins."""
        try:
            callback = handle._callback
            task = _task_of(callback)
            thread = self.threads.get(_ident())
            if thread is None:
                thread = self._new_thread()
            if task is None:
                cause = self.causes.pop(id(handle), -1) if self.causes and type(handle) is events.Handle else -1
                thread.append((None, cause, _now()))
                return
            record = self.known.get(id(task))
            if record is None or record[1]() is not task:
                record = self._register(task, -1)
            if task._must_cancel and record[3] < 0:
                record[3] = record[5]
            started = _now()
            if thread[0]:
                slot = thread[0] - 1
                self.journal.slots[2 * slot] = record[0] + 1
                self.journal.slots[2 * slot + 1] = started
            thread.append((record, record[2], started))
            record[2] = -1
        except Exception as error:
            self.fail(error)

    def end(self, handle):
        """It ends."""
        now = _now()
        try:
            thread = self.threads[_ident()]
            if len(thread) < 2:
                return
            record, cause, started = thread.pop()
            if record is None:
                if now - started >= LONG_NS:
                    self._callback(handle, started, now)
                by = cause
            else:
                task = handle._callback.__self__
                self._step(task, record, started, now, cause)
                by = record[0]
                if thread[0]:
                    self.journal.slots[2 * thread[0] - 2] = 0
            ready = handle._loop._ready
            if ready and len(ready) <= 8:
                self._look_for_cancelled(ready, by)
        except Exception as error:
            self.fail(error)

    def soon(self, loop, callback, handle):
        """A callback is asked for: a step of a task, as a rule, which has been created or woken."""
        try:
            task = _task_of(callback)
            record = self._running(loop)
            if record is not None:
                cause = record[0]
            else:
                thread = self.threads.get(_ident())
                cause = thread[-1][1] if thread is not None and len(thread) > 1 and loop._thread_id == _ident() else -1
            if task is None:
                if cause >= 0:
                    self.causes[id(handle)] = cause
                elif self.causes:
                    self.causes.pop(id(handle), None)
                return
            woken = self.known.get(id(task))
            if woken is None or woken[1]() is not task:
                woken = self._register(task, record[0] if record is not None else -1)
                woken[5] = cause
                return
            woken[2] = cause if cause != woken[0] else -1
            waiter = task._fut_waiter
            if waiter is not None and woken[3] < 0 and waiter.cancelled() and task.cancelling():
                woken[3] = cause
                if cause >= 0:
                    waited = self.known.get(id(waiter))
                    origin = record if record is not None else None
                    if origin is not None and origin[3] >= 0:
                        woken[3] = origin[3]
                    del waited
        except Exception as error:
            self.fail(error)

    def later(self, delay, callback, args):
        """A callback is asked for after some time: the wait of a sleep, as a rule."""
        try:
            if callback is futures._set_result_unless_cancelled and type(delay) in (int, float):
                self.slept[_ident()] = id(args[0]), delay
        except Exception as error:
            self.fail(error)

    def making(self, loop):
        """A task is about to be created; an eager one runs its first step before `made`. Returns what that needs."""
        try:
            record = self._running(loop)
            return record[0] if record is not None else -1, _now()
        except Exception as error:
            self.fail(error)

    def made(self, before, task):
        """It is created. Returns it."""
        try:
            if before is not None and isinstance(task, _TASKS):
                record = self.known.get(id(task))
                fresh = record is None or record[1]() is not task
                if fresh or record[4] is None:
                    now = _now()
                    if fresh:
                        record = self._register(task, before[0], eager=True)
                    self.journal.put(EAGER.pack(b"G", max(record[0], 0), before[1]) if record[0] >= 0 else b"")
                    record[4] = ""
                    self._step(task, record, before[1], now, -1)
        except Exception as error:
            self.fail(error)
        return task

    def executing(self, loop):
        """A function is about to be handed to an executor."""
        try:
            self.patch_threads()
        except Exception as error:
            self.fail(error)

    def executed(self, _, future):
        """It is, and the future stands for it. Returns the future."""
        try:
            self.executions[id(future)] = weakref.ref(future), "run_in_executor"
            if len(self.executions) > 1000:
                self.executions = {key: value for key, value in self.executions.items() if value[0]() is not None}
        except Exception as error:
            self.fail(error)
        return future

    def submitted(self, item):
        """A function has been handed to a pool of threads."""
        try:
            if self.jobs_seen >= MOST_OTHERS:
                self.jobs_seen += 1
                return
            number = self.jobs_seen
            self.jobs_seen += 1
            loop = events._get_running_loop()
            record = self._running(loop) if loop is not None else None
            fn, args = _function_of(item)
            name = self.journal.string(_name(fn, args))
            self.jobs[id(item)] = number
            self.journal.put(JOB.pack(b"J", number, name, 0, record[0] if record is not None else -1, _now()))
        except Exception as error:
            self.fail(error)

    def job_begins(self, item):
        """A thread takes it up."""
        try:
            number = self.jobs.get(id(item))
            if number is not None:
                worker = self.journal.string(_thread_name())
                self.journal.put(BEGUN.pack(b"B", number, worker, _now()))
        except Exception as error:
            self.fail(error)

    def job_ends(self, item):
        """It has returned."""
        now = _now()
        try:
            number = self.jobs.pop(id(item), None)
            if number is not None:
                self.journal.put(DONE.pack(b"D", number, now))
        except Exception as error:
            self.fail(error)

    def fail(self, error):
        """Says in the trace that something of the tracer went wrong; the program goes on."""
        if not self.failed:
            self.failed = True
            with contextlib.suppress(Exception):
                traceback = error.__traceback__
                while traceback.tb_next is not None:
                    traceback = traceback.tb_next
                line = traceback.tb_lineno
                self.note(f"The tracer failed with {type(error).__name__} at its line {line}; what follows may be incomplete.")

    def note(self, text):
        """Adds a sentence to the trace."""
        self.journal.put(NOTE.pack(b"n", self.journal.string(text)))

    # What they are made of.

    def _new_thread(self):
        number = len(self.threads) + 1
        thread = self.threads[_ident()] = [number if number <= SLOTS else 0]
        return thread

    def _running(self, loop):
        """The record of the task that has its turn in this thread; None where none has."""
        if loop is None or getattr(loop, "_thread_id", 0) != _ident():
            return None
        task = tasks.current_task(loop)
        thread = self.threads.get(_ident())
        if task is None:
            return thread[-1][0] if thread is not None and len(thread) > 1 else None
        record = self.known.get(id(task))
        if record is None or record[1]() is not task:
            # One that began before `create_task` returned.
            parent = thread[-1][0] if thread is not None and len(thread) > 1 else None
            record = self._register(task, parent[0] if parent is not None else -1, eager=True)
            record[4] = None
        return record

    def _register(self, task, parent, eager=False):
        """A new record: number, weak reference, woken by, cancelled by, name, scheduled by."""
        if self.tasks >= MOST_TASKS:
            self.tasks += 1
            record = [-1, weakref.ref(task), -1, -1, "", -1]
        else:
            name = task.get_name()
            coroutine = task.get_coro()
            record = [self.tasks, weakref.ref(task), -1, -1, name, -1]
            self.tasks += 1
            self.journal.put(
                TASK.pack(
                    b"T",
                    parent,
                    self._loop(task.get_loop()),
                    _now(),
                    self.journal.string(name),
                    self.journal.string(_code_name(coroutine)),
                    eager,
                )
            )
        self.known[id(task)] = record
        return record

    def _loop(self, loop):
        for number, reference in enumerate(self.loops):
            if reference() is loop:
                return number
        self.loops.append(weakref.ref(loop))
        if not self.patched_threads:
            self.patch_threads()
        return len(self.loops) - 1

    def _step(self, task, record, started, ended, cause):
        number = record[0]
        done = task.done()
        if number >= 0:
            name = task.get_name()
            if name != record[4]:
                record[4] = name
                self.journal.put(NAME.pack(b"N", number, self.journal.string(name)))
        if self.steps >= MOST_STEPS or number < 0:
            place = 2 * (number if number >= 0 else MOST_TASKS)
            self.journal.sums[place] += 1
            self.journal.sums[place + 1] += max(0, ended - started)
        else:
            self.steps += 1
            waits, line = ("", -1) if done else self._standing(task)
            self.journal.put(STEP.pack(b"s", number, started, ended, self.journal.string(waits), line, cause))
        if done:
            self.known.pop(id(task), None)
            if number >= 0:
                outcome, detail = _ended(task)
                by = record[3] if outcome == 2 else -1
                self.journal.put(END.pack(b"E", number, ended, outcome, self.journal.string(detail), by))
        elif record[3] >= 0 and not task.cancelling():
            record[3] = -1

    def _standing(self, task):
        """What a task waits for, and the line of the program at which it stands (-1 where it is in none)."""
        awaited = task.get_coro()
        own = None
        names = []
        program = self.program
        first = True
        while awaited is not None:
            kind = type(awaited)
            if kind is types.CoroutineType:
                code, then = awaited.cr_code, awaited.cr_await
            elif kind is types.GeneratorType:
                code, then = awaited.gi_code, awaited.gi_yieldfrom
            elif kind is types.AsyncGeneratorType:
                code, then = awaited.ag_code, awaited.ag_await
            elif kind.__name__ in ("async_generator_asend", "async_generator_athrow", "coroutine_wrapper"):
                inner = gc.get_referents(awaited)
                awaited = next((each for each in inner if type(each) in _FRAMED), None)
                continue
            else:
                break
            if code.co_filename == program:
                own = awaited
                names.clear()
            elif not first:
                names.append(code)
            first = False
            awaited = then
        line = -1
        if own is not None:
            kind = type(own)
            frame = (
                own.cr_frame
                if kind is types.CoroutineType
                else own.gi_frame
                if kind is types.GeneratorType
                else own.ag_frame
            )
            if frame is not None:
                line = frame.f_lineno or -1
        return self._awaited(task._fut_waiter, names), line

    def _awaited(self, waiter, codes):
        """The words for what is awaited: the codes of the library's coroutines, outermost first, and the future."""
        while codes and codes[0].co_name in ("wait_for", "_wait_for") and len(codes) > 1:
            del codes[0]
        if isinstance(waiter, _TASKS) and all(code.co_name == "wait_for" for code in codes):
            return waiter.get_name()
        if codes:
            if codes[-1] is _SLEEP or (codes[0] is _SLEEP):
                if waiter is None:
                    return "sleep(0)"
                future, delay = self.slept.get(_ident(), (0, 0))
                return f"sleep({delay:g})" if future == id(waiter) else "sleep"
            for code in codes:
                if not code.co_name.startswith("_"):
                    return _short(code.co_qualname)
            return _PRIVATE.get(codes[0].co_qualname) or _short(codes[-1].co_qualname)
        if waiter is None:
            return "the next turn"
        if type(waiter) is tasks._GatheringFuture:
            return "gather"
        known = self.executions.get(id(waiter))
        if known is not None and known[0]() is waiter:
            return known[1]
        with contextlib.suppress(Exception):
            for callback, _ in waiter._callbacks:
                if type(callback) is types.FunctionType and callback.__qualname__.startswith("shield."):
                    return "shield"
        return "Future"

    def _callback(self, handle, started, ended):
        if self.callbacks < MOST_OTHERS:
            self.callbacks += 1
            name = _name(handle._callback, handle._args or ())
            self.journal.put(
                CALLBACK.pack(b"C", self._loop(handle._loop), started, ended, self.journal.string(name))
            )

    def _look_for_cancelled(self, ready, by):
        for each in ready:
            task = _task_of(each._callback)
            if task is not None and task._must_cancel:
                record = self.known.get(id(task))
                if record is not None and record[3] < 0:
                    record[3] = by

    def patch_threads(self):
        """Makes `concurrent.futures.thread` tell of its jobs, once it is loaded."""
        module = sys.modules.get("concurrent.futures.thread")
        if module is not None and not self.patched_threads:
            self.patched_threads = True
            _prepare_threads(module)
            _put_in_place()


_FRAMED = (types.CoroutineType, types.GeneratorType, types.AsyncGeneratorType)
_SLEEP = tasks.sleep.__code__
_PRIVATE = {
    "TaskGroup.__aexit__": "TaskGroup",
    "_AsCompletedIterator.__anext__": "as_completed",
    "as_completed.<locals>._wait_for_one": "as_completed",
}


def _task_of(callback):
    """The task of which a callback is a step; None where it is no step. Runs no code of the program."""
    kind = type(callback)
    if kind is _BUILTINS:
        if callback.__name__ != "task_wakeup":
            return None
    elif kind is _METHODS:
        if callback.__func__ not in _STEPS:
            return None
    elif kind.__name__ not in _WRAPPERS or kind.__module__ not in ("builtins", "_asyncio"):
        return None
    return callback.__self__


_WRAPPERS = ("TaskStepMethWrapper", "TaskWakeupMethWrapper")
_STEPS = [
    vars(tasks._PyTask)[name] for name in ("_Task__step", "_Task__wakeup") if name in vars(tasks._PyTask)
]


def _short(qualname):
    """A qualified name without what is local, and without the class of a loop."""
    name = qualname.rpartition("<locals>.")[2]
    owner, _, method = name.rpartition(".")
    return method if owner.endswith("EventLoop") else name


def _code_name(coroutine):
    for kind in (types.CoroutineType, types.GeneratorType, types.AsyncGeneratorType):
        if type(coroutine) is kind:
            return coroutine.__qualname__.rpartition("<locals>.")[2]
    return type(coroutine).__qualname__


def _function_of(item):
    """The function and the arguments of a work item."""
    if hasattr(item, "fn"):
        return item.fn, item.args
    fn, args, _ = item.task
    return fn, args


def _name(function, args=()):
    """The qualified name of a function, through `partial` and `Context.run`; runs no code of the program."""
    for _ in range(10):
        kind = type(function)
        if kind.__name__ == "partial" and kind.__module__ == "functools":
            function, args = function.func, (*function.args, *args)
        elif kind is _BUILTINS and function.__name__ == "run" and args and type(function.__self__).__name__ == "Context":
            function, args = args[0], args[1:]
        else:
            break
    if type(function) is _METHODS:
        function = function.__func__
    if type(function) in (types.FunctionType, _BUILTINS, types.MethodDescriptorType, type):
        return function.__qualname__.rpartition("<locals>.")[2]
    return type(function).__qualname__


def _thread_name():
    threading = sys.modules.get("threading")
    thread = threading._active.get(_ident()) if threading is not None else None
    return thread.name if thread is not None else "thread"


_PLAIN = (str, int, float, bool, bytes, type(None))


def _ended(task):
    """How a task ended, without marking its exception as seen: 0 result, 1 exception, 2 cancelled; and the detail."""
    if task.cancelled():
        message = task._cancel_message
        return 2, str(message) if type(message) in _PLAIN and message is not None else ""
    error = task._exception
    if error is None:
        return 0, ""
    kind = type(error)
    text = ""
    if type(kind.__str__) is types.WrapperDescriptorType and (
        isinstance(error, BaseExceptionGroup) or all(type(each) in _PLAIN for each in error.args)
    ):
        text = str(error)
    return 1, f"{kind.__name__}: {text}" if text else kind.__name__


# How the functions of asyncio are given calls of ours.


def _compiled(function, change):
    """The code of a function, compiled from its own source with the change made to its tree.

    Where it calls hooks, their names are constants. Names, lines and columns stay as they are. Raises where that is
    impossible.
    """
    code = function.__code__
    with open(code.co_filename, encoding="utf-8") as file:
        lines = list(itertools.islice(file, code.co_firstlineno - 1, None))
    indent = len(lines[0]) - len(lines[0].lstrip())
    own = [lines[0]]
    for line in lines[1:]:
        if line.strip() and len(line) - len(line.lstrip()) <= indent and not line.lstrip().startswith((")", "#")):
            break
        own.append(line)
    owner = code.co_qualname.rpartition(".")[0]
    head = f"class {owner}:\n" if indent else "\n"
    tree = ast.parse(head + "".join(own))
    ast.increment_lineno(tree, code.co_firstlineno - 2)
    definition = tree.body[0].body[0] if indent else tree.body[0]
    if not change(definition):
        raise LookupError(f"{code.co_qualname} is not as expected")
    ast.fix_missing_locations(tree)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        module = compile(tree, code.co_filename, "exec", dont_inherit=True)
    outer = next(each for each in module.co_consts if isinstance(each, types.CodeType)) if indent else module
    new = next(
        each for each in outer.co_consts if isinstance(each, types.CodeType) and each.co_name == code.co_name
    )
    if new.co_varnames != code.co_varnames or new.co_freevars != code.co_freevars:
        raise LookupError(f"{code.co_qualname} has other variables")
    return new.replace(co_filename=code.co_filename, co_qualname=code.co_qualname)


def _call(hook, arguments, at):
    """The expression that calls a hook with expressions, at the place of a node."""
    node = ast.Call(func=ast.Constant(value=hook), args=arguments, keywords=[])
    for each in [node, node.func, *arguments]:
        if not hasattr(each, "lineno"):
            ast.copy_location(each, at)
    return ast.copy_location(node, at)


def _load(*names):
    return [ast.Name(id=name, ctx=ast.Load()) for name in names]


def _around(hook_before, hook_after, is_place):
    """A change: calls a hook with `self` before a statement and one after it, however it ends."""

    def change(definition):
        class Put(ast.NodeTransformer):
            found = 0

            def visit_Expr(self, node):
                return self.put(node)

            def visit_Assign(self, node):
                return self.put(node)

            def put(self, node):
                if not is_place(node):
                    return node
                Put.found += 1
                before = ast.copy_location(ast.Expr(_call(hook_before, _load("self"), node)), node)
                after = ast.copy_location(ast.Expr(_call(hook_after, _load("self"), node)), node)
                return ast.copy_location(ast.Try(body=[before, node], handlers=[], orelse=[], finalbody=[after]), node)

        Put().visit(definition)
        return Put.found == 1

    return change


def _before_return(hook, *names):
    """A change: calls a hook with variables before the last statement, which returns."""

    def change(definition):
        last = definition.body[-1]
        if not isinstance(last, ast.Return):
            return False
        definition.body.insert(-1, ast.copy_location(ast.Expr(_call(hook, _load(*names), last)), last))
        return True

    return change


def _at_end(hook, *names):
    """A change: calls a hook with variables after the last statement."""

    def change(definition):
        last = definition.body[-1]
        definition.body.append(ast.copy_location(ast.Expr(_call(hook, _load(*names), last)), last))
        return True

    return change


def _through(hook_before, hook_after, names):
    """A change: `f(…)` becomes `after(before(self), f(…))`, or `after(f(…))` without `before`, for f of these names."""

    def change(definition):
        class Put(ast.NodeTransformer):
            found = 0

            def visit_Call(self, node):
                self.generic_visit(node)
                if ast.unparse(node.func) not in names:
                    return node
                Put.found += 1
                before = [_call(hook_before, _load("self"), node)] if hook_before else []
                return _call(hook_after, [*before, node], node)

        Put().visit(definition)
        return Put.found > 0

    return change


def _runs_callback(node):
    return isinstance(node, ast.Expr) and "self._context.run" in ast.unparse(node)


def _runs_work(node):
    text = ast.unparse(node)
    return isinstance(node, ast.Assign) and (text.startswith("result = self.fn(") or text.startswith("result = ctx.run("))


_tracer = None
_codes = {}
"""For each function that is to call us: its own code, and that with names of hooks among its constants."""
_problems = []


def _prepare(function, change):
    if function in _codes:
        return
    try:
        _codes[function] = function.__code__, _compiled(function, change)
    except Exception as error:
        _problems.append(f"{function.__qualname__}: {error}")


def prepare():
    """Compiles what `start` puts in place. Costs some milliseconds, and changes nothing."""
    loop = base_events.BaseEventLoop
    _prepare(events.Handle._run, _around("\0begin", "\0end", _runs_callback))
    _prepare(loop._call_soon, _before_return("\0soon", "self", "callback", "handle"))
    _prepare(loop.call_later, _before_return("\0later", "delay", "callback", "args"))
    _prepare(loop.create_task, _through("\0making", "\0made", ("self._task_factory", "tasks.Task")))
    _prepare(loop.run_in_executor, _through("\0executing", "\0executed", ("futures.wrap_future",)))


def _prepare_threads(module):
    item = module._WorkItem
    _prepare(item.__init__, _at_end("\0submitted", "self"))
    _prepare(item.run, _around("\0job_begins", "\0job_ends", _runs_work))


def _put_in_place():
    for function, (own, code) in _codes.items():
        if function.__code__ is own:
            consts = (
                getattr(_tracer, each[1:]) if type(each) is str and each[:1] == "\0" else each for each in code.co_consts
            )
            function.__code__ = code.replace(co_consts=tuple(consts))


def start(buffer, program):
    """Traces from now on into the buffer, SIZE bytes of zeros; `program` is its file, as its code objects name it."""
    global _tracer  # noqa: PLW0603 - there is one process
    prepare()
    _tracer = Tracer(buffer, program)
    for problem in _problems:
        _tracer.note(f"Not all could be seen on this Python: {problem}.")
    _put_in_place()
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=stop)


def stop():
    """Traces no more; asyncio is what it was."""
    global _tracer  # noqa: PLW0603 - there is one process
    for function, (own, _) in _codes.items():
        function.__code__ = own
    _tracer = None
