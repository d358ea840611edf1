"""Records in a running program how its asyncio tasks take turns, without the program being able to tell.

The recorder executes this file's text in the program's process before the program begins (`runnable.forkserver`,
`runnable.interpreter`). It imports nothing of ours and works on any Python from 3.11 on, in the browser too.

Nothing is wrapped and nothing replaced: some functions of asyncio keep their identity, and get a code object compiled
from their own source with calls of ours put in, on the same lines (`runnable/tracer.py`, `_compiled`). So each task,
coroutine, handle, traceback and warning is what it would be without. Every step of a task is a `Handle._run` whose
callback is bound to the task, and every task that is woken goes through `BaseEventLoop._call_soon`.

What is seen is written at once into a buffer (see `Journal`), as a rule one that outlives the process, so a program
that is killed leaves it behind. `runnable.journal` makes a `Trace` of it.

What a program can find out, if it looks for it: that these functions have other bytecode, and what a step costs; that
`sys.settrace`, `sys.setprofile` and `sys.monitoring` see our functions being called; that a task has one more weak
reference, and the garbage collector some more objects to count; that a plain process has one more finder in
`sys.meta_path` until it imports asyncio. Where a loop is not asyncio's own, its class has a `call_soon` and a
`call_later` of ours, and a frame of ours stands below each step.

No strong reference to anything of the program is kept but to its code objects: tasks are known by their `id` and a weak
reference, and of what they wait for only texts are kept.
"""

import _thread
import ast
import atexit
import collections
import contextlib
import gc
import itertools
import os
import struct
import sys
import time
import types
import weakref
from asyncio import base_events, events, futures, runners, tasks

MOST_STEPS = 2_000
MOST_TASKS = 2_000
MOST_OTHERS = 500
"""How many callbacks that take long, and how many jobs are kept."""
MOST_RENAMES = 4_000
MOST_LOOKED_AT = 8
"""How many callbacks that wait for their turn are looked at after each one, to see who cancelled a task among them."""
MOST_CHARACTERS = 200
"""What is longer is cut off."""
LONG_NS = 10_000_000
"""A callback that takes at least this long is noticed."""
MOST_COPIES = 64
"""How often a buffer is copied to its file at once when the loop waits; then, no sooner than COPY_NS after the last."""
COPY_NS = 20_000_000
SIZE = 4 << 20
"""Bytes of a buffer. What was never written to takes no memory."""

# The layout of a buffer: a header; for each thread that runs a loop the task that is at a step which is not kept, and
# since when; the sums of what is not kept, a pair for each task and one for the others; the steps that are kept; then
# the other records. A step takes one place, when it begins, and has no end while it lasts; a record takes one place, or
# as many as its text needs. Each begins with the letter of its kind; a place of zeros was never written to.
MAGIC = 0x54524143
HEADER = struct.Struct("=QQQ")  # MAGIC, and FULL where that is so; how many bytes are used; how many tasks there were
FULL = 1 << 32
SLOTS = 8
SLOT = struct.Struct("=QQ")
SUMS = HEADER.size + SLOTS * SLOT.size
STEPS = SUMS + (MOST_TASKS + 1) * SLOT.size
PLACE = 40
RECORDS = STEPS + MOST_STEPS * PLACE
# In all of them -1 stands for what is not known, and texts are numbers of strings.
STRING = struct.Struct("=cxHI")  # length in bytes, number; the text follows
TASK = struct.Struct("=c3xIiIQII8x")  # task, parent, loop, time, name, coroutine
NAME = struct.Struct("=c3xII28x")  # task, name
EAGER = struct.Struct("=c3xIQ24x")  # task, time: it was created then, and began at once
END = struct.Struct("=cB2xIQIi16x")  # outcome, task, time, detail, by whom cancelled
STEP = struct.Struct("=c3xIQQIii4x")  # task, start, end (0: it has none), what it waits for, line, woken by
STEP_BEGINS = struct.Struct("@QQ")  # its first eight bytes, and the start; packed faster in the machine's own way
STEP_ENDS = struct.Struct("@QIii")  # the rest
CALLBACK = struct.Struct("=c3xIQQI12x")  # loop, start, end, name
JOB = struct.Struct("=cB2xIIiQ16x")  # kind, number, name, task, time
BEGUN = struct.Struct("=c3xIIQ20x")  # number, worker, time
DONE = struct.Struct("=c3xIQ24x")  # number, time
NOTE = struct.Struct("=c3xI32x")  # text


def used(buffer: bytes) -> int:
    """How many bytes of a buffer say something; 0 where nothing was traced."""
    magic, end, _ = HEADER.unpack_from(buffer)
    return end if magic & 0xFFFFFFFF == MAGIC and RECORDS <= end <= SIZE else 0


_now = time.time_ns
_ident = _thread.get_ident
_current_task = tasks.current_task
_TASKS = (tasks.Task, tasks._PyTask)
_HANDLE = events.Handle
_LOOP = base_events.BaseEventLoop
_OTHER_LOOP = events.AbstractEventLoop
_COROUTINE = types.CoroutineType
_GENERATOR = types.GeneratorType
_ASYNC_GENERATOR = types.AsyncGeneratorType
_METHOD = types.MethodType
_BUILTIN = types.BuiltinFunctionType
_FREE_THREADED = not getattr(sys, "_is_gil_enabled", lambda: True)()


class Locked:
    """An iterator that gives each thread another element, on a Python whose own do not."""

    def __init__(self, iterator, lock):
        self._iterator, self._lock = iterator, lock

    def __next__(self):
        with self._lock:
            return next(self._iterator)


class Journal:
    """Appends records to a buffer. Never waits: threads and signal handlers write, one in the midst of another."""

    def __init__(self, buffer):
        self.buffer = buffer
        self.header = memoryview(buffer)[: HEADER.size].cast("Q")
        self.slots = memoryview(buffer)[HEADER.size : SUMS].cast("Q")
        self.sums = memoryview(buffer)[SUMS:RECORDS].cast("Q")
        self._lock = _thread.allocate_lock()
        self.kept = iter(range(STEPS, RECORDS, PLACE))
        self.places = itertools.chain(self.kept, itertools.repeat(0))
        """Where the next steps are; 0 for those that are not kept."""
        if _FREE_THREADED:
            self.places = Locked(self.places, self._lock)
        self.used = RECORDS
        self.strings = {}
        self.header[0] = MAGIC
        self._numbers = itertools.count(1)

    def reserve(self, size):
        """Where the next `size` bytes are; nobody else gets them. Raises OverflowError where there are none."""
        if _FREE_THREADED:
            with self._lock:
                at = self.used
                self.used = at + size
        else:
            # Python looks for other threads and signals where it calls something, and here it calls nothing.
            at = self.used
            self.used = at + size
        if at + size > SIZE:
            self.used = at
            self.header[0] = MAGIC | FULL
            raise OverflowError
        self.header[1] = self.used
        return at

    def put(self, layout, *values):
        """Appends a record."""
        layout.pack_into(self.buffer, self.reserve(PLACE), *values)

    def string(self, text, most=MOST_CHARACTERS):
        """The number of a text, which is in the buffer from then on; 0 is the empty text."""
        number = self.strings.get(text)
        if number is None:
            text = str.__str__(text)[:most]
            if not text:
                return 0
            number = self.strings.get(text)
            if number is None:
                number = next(self._numbers)
                data = text.encode("utf-8", "backslashreplace")
                at = self.reserve(-(-(STRING.size + len(data)) // PLACE) * PLACE)
                self.buffer[at : at + STRING.size + len(data)] = STRING.pack(b"S", len(data), number) + data
                self.strings[text] = number
        return number


class Copy:
    """A file with what is in a journal, for a buffer that ends with the process."""

    def __init__(self, journal, path):
        self.journal, self.path = journal, path
        self.steps, self.done = STEPS, RECORDS
        """Up to where the file has what will not change."""
        self.times = 0
        self.latest = 0

    def idle(self, now):
        """The loop is about to wait: the file is renewed, but not so often that it would cost much."""
        if self.times < MOST_COPIES or now - self.latest > COPY_NS:
            self.write()
            self.latest = now

    def write(self):
        """Renews the file."""
        buffer, used = self.journal.buffer, self.journal.used
        steps = self.steps
        while steps < RECORDS and buffer[steps]:
            steps += PLACE
        fd = os.open(self.path, os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0))
        try:
            for start, end in ((self.done, used), (self.steps, steps), (0, STEPS)):
                os.lseek(fd, start, os.SEEK_SET)
                os.write(fd, buffer[start:end])
        finally:
            os.close(fd)
        while self.steps < steps and STEP.unpack_from(buffer, self.steps)[3]:
            self.steps += PLACE
        self.done = used
        self.times += 1


_STEP_OF_0 = int.from_bytes(STEP.pack(b"s", 0, 0, 0, 0, 0, 0)[:8], sys.byteorder)
_STEP_OF_1 = int.from_bytes(STEP.pack(b"s", 1, 0, 0, 0, 0, 0)[:8], sys.byteorder)


class Record:
    """What is known of a task that has not ended."""

    __slots__ = ("cancelled_by", "early", "mark", "message", "name", "number", "reference", "woken_by")

    def __init__(self, number, reference):
        self.number = number
        """-1 for one of too many tasks."""
        self.mark = _STEP_OF_0 + number * (_STEP_OF_1 - _STEP_OF_0)
        """How each of its steps begins."""
        self.reference = reference
        self.name = None
        """What it was called when it was created, or when its last step ended."""
        self.early = False
        """Whether it is at its first step although `create_task` has not returned."""
        self.woken_by = -1
        self.cancelled_by = -1
        self.message = ""
        """What the request for its cancellation said."""


class Turn:
    """What a thread that runs a loop is doing: a callback of the loop, most often a step of a task."""

    __slots__ = ("begun", "cause", "loop", "outer", "place", "record", "slot")

    def __init__(self, slot):
        self.slot = slot
        """Where the journal notes a step that is not kept; -1 where there are too many threads."""
        self.loop = object
        """The loop, in which the latest callback began: a weak reference."""
        self.outer = []
        """Those that were begun and have not ended, where a loop runs within a loop."""
        self.record = None
        """Of the task; None where it is no step."""
        self.place = 0
        """Where the step is in the buffer; -1 where it is not kept, or no step; 0 where nothing of a loop is done."""
        self.begun = 0
        """When, where `place` is -1."""
        self.cause = -1
        """The task in whose turn this was asked for, where it is no step."""


class Tracer:
    """What is known of the running program; its hooks are called from within asyncio, and never raise an Exception."""

    def __init__(self, buffer, program, path=None):
        self.journal = Journal(buffer)
        self.copy = Copy(self.journal, path) if path is not None else None
        self.program = program
        """The program's file; what it awaits of others is named, and in it a line is told."""
        self.known = {}
        """The records of the tasks that have not ended, by the tasks' ids."""
        self.turns = {}
        """By the threads' idents."""
        self.turn = Turn(-1)
        """The one looked for last: as a rule there is but one."""
        self.alone = True
        """Whether there is but one."""
        self.pending = {}
        """The records of tasks that have asked for a step, by the ids of handles from `call_soon`."""
        self.causes = {}
        """The same for other callbacks: the task in whose turn each was asked for. Or a record of `unnumbered`."""
        self.unnumbered = {}
        """Records like those in `known`, of tasks that are too many."""
        self.slept = {}
        """The last sleep asked for in each thread: the id of its future, and the delay."""
        self.executions = {}
        """Futures that stand for functions in executors: weak references by their ids."""
        self.labels = {}
        """The number of the text for a wait, by the qualified name of the coroutine or by the delay of a sleep."""
        self.sites = {}
        """What awaits in the program have come to, by their addresses in memory (see `_site`)."""
        self.codes = []
        """The codes of the program in which these are, so that nothing else gets their addresses."""
        self.jobs = {}
        self.loops = []
        self.creating = 0
        self.early = _NEVER
        """The id and the record of the eager task that was made last."""
        self.tasks = 0
        self.renames = 0
        self.callbacks = 0
        self.jobs_seen = 0
        self.failed = False
        self.patched_threads = False
        self.begin, self.end, self.soon = self._hooks()

    @property
    def steps(self):
        """How many steps were begun that are kept."""
        return MOST_STEPS - self.journal.kept.__length_hint__()

    # What is called from within asyncio.

    def _hooks(self):
        """What is called when a callback begins, when it ends, and when one is asked for: three times a step.

        What a step costs is these lines, so each is the cheapest that was found, and what is rare is done elsewhere.
        Names that are looked up in a closure or held in a variable cost less than attributes and methods.
        """
        journal, pending, copy = self.journal, self.pending, self.copy
        buffer, places = journal.buffer, journal.places
        step_of, record_of, turn_of, site_of = pending.pop, self.known.get, self.turns.get, self.sites.get
        program, next_turn = self.program, journal.string("sleep(0)")
        now, ident, begins, ends = _now, _ident, STEP_BEGINS.pack_into, STEP_ENDS.pack_into

        def begin(handle):
            """A callback begins."""
            try:
                turn = self.turn
                loop = turn.loop
                if loop() is not handle._loop:
                    turn = self._turn(handle._loop)
                if turn.place:
                    turn.outer.append((turn.record, turn.place, turn.begun, turn.cause))
                record = step_of(id(handle), None)
                if record is not None and (at := next(places)):
                    turn.record = record
                    turn.place = at
                    begins(buffer, at, record.mark, now())
                else:
                    self._begins(turn, handle, record)
            except Exception as error:
                self.fail(error)

        def end(handle):
            """It ends."""
            ended = now()
            try:
                turn = self.turn if self.alone else self._turn(handle._loop)
                record, at = turn.record, turn.place
                if at <= 0:
                    if not at:
                        return
                    by = self._ends(turn, handle, ended)
                else:
                    reference = record.reference
                    task = reference()
                    cause = record.woken_by
                    record.woken_by = -1
                    # Most wait in a coroutine of the program for one of asyncio's.
                    own = own_code = callee = None
                    awaited = task.get_coro() if task is not None else None
                    while type(awaited) is _COROUTINE:
                        code = awaited.cr_code
                        if code.co_filename != program:
                            if own is not None:
                                frame = own.cr_frame
                                line, callee, waits = site_of(id(own_code) + frame.f_lasti, _NOWHERE)
                            break
                        own, own_code = awaited, code
                        awaited = own.cr_await
                    if callee is None or callee is not code:
                        self._step(task, record, at, ended, cause, own, awaited)
                    else:
                        if not waits:
                            waiter = task._fut_waiter
                            waits = next_turn if waiter is None else self._sleep(waiter)
                        ends(buffer, at + 16, ended, waits, line, cause)
                        if task.get_name() != record.name:
                            self._rename(task, record)
                        if record.cancelled_by >= 0 and not task.cancelling():
                            record.cancelled_by = -1
                if turn.outer:
                    turn.record, turn.place, turn.begun, turn.cause = turn.outer.pop()
                else:
                    turn.place = 0
                # Who asked for the cancellation of a task that is about to run anyway? Only a mark tells of it.
                if not self.alone:
                    self._look(handle._loop, record, record.number if at > 0 else by)
                elif len(pending) <= MOST_LOOKED_AT:
                    try:
                        for each in pending.values():
                            if each is not record and each.cancelled_by < 0:
                                reference = each.reference
                                task = reference()
                                if task is not None and task._must_cancel:
                                    each.cancelled_by = record.number if at > 0 else by
                    except RuntimeError:
                        pass  # Another thread asked for something just now.
                if copy is not None:
                    self._idle(handle._loop, ended)
            except Exception as error:
                self.fail(error)

        def soon(loop, callback, handle):
            """A callback is asked for: a step of a task, as a rule, which has been created or woken."""
            try:
                kind = type(callback)
                if kind is _STEP or (kind is _BUILTIN and callback.__name__ == "task_wakeup"):
                    task = callback.__self__
                else:
                    task = _task_of(callback)
                record = record_of(id(task))
                if record is not None and record is self.turn.record:
                    pending[id(handle)] = record  # The task asks for its own next step.
                    return
                turn = turn_of(ident())
                if turn is None or not turn.place:
                    cause, running = -1, None
                else:
                    running = turn.record if not self.creating else self._running(loop, turn)
                    cause = running.number if running is not None else turn.cause
                if record is None:
                    # No function of ours around this: it may be called where the program's recursion is at its limit.
                    if task is None:
                        pending.pop(id(handle), None)
                        self.causes.pop(id(handle), None)
                        if cause >= 0:
                            self.causes[id(handle)] = cause
                        return
                    record = record_of(id(task)) or self.unnumbered.get(id(task))
                    if record is None:
                        record = running = self._register(task, running)
                if record is not running:
                    record.woken_by = cause
                    if (
                        record.cancelled_by < 0
                        and (waiter := task._fut_waiter) is not None
                        and waiter.cancelled()
                        and task.cancelling()
                    ):
                        self._cancelled(record, waiter, running, cause)
                if record.number >= 0:
                    pending[id(handle)] = record
                else:
                    self.causes[id(handle)] = record
            except Exception as error:
                self.fail(error)

        return begin, end, soon

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
            turn = self.turns.get(_ident())
            running = None
            if turn is not None and turn.place:
                running = turn.record if not self.creating else self._running(loop, turn)
            self.creating += 1
            return running, _now()
        except Exception as error:
            self.fail(error)

    def made(self, before, task, coroutine):
        """It is created. Returns it."""
        try:
            if before is not None:
                creator, begun = before
                self.creating = max(0, self.creating - 1)
                record = self._known(task)
                # An eager task that is not known yet has asked for nothing in its first step.
                if record.early if record is not None else isinstance(task, _TASKS):
                    now = _now()
                    if record is None:
                        # Its coroutine cannot be had from a task that has ended: 3.12.1 crashes.
                        record = self._register(task, creator, coroutine)
                    record.early = False
                    self.early = id(task), record
                    if record.number >= 0:
                        self.journal.put(EAGER, b"G", record.number, begun)
                    if record.number >= 0 and (at := next(self.journal.places)):
                        STEP_BEGINS.pack_into(self.journal.buffer, at, record.mark, begun)
                        self._step(task, record, at, now, -1)
                    else:
                        self._sum(task, record, begun, now)
        except Exception as error:
            self.fail(error)
        return task

    def seen(self, loop):
        """A loop may run soon. One that is not asyncio's own makes its handles elsewhere: its class is changed."""
        try:
            if isinstance(loop, _OTHER_LOOP) and not isinstance(loop, _LOOP) and type(loop) not in _foreign:
                name = f"{type(loop).__module__}.{type(loop).__qualname__}"
                why = _change_class(type(loop))
                self.note(
                    f"The event loop is a {name}, in which less is to be seen: no callbacks but the steps of tasks, no "
                    "eager steps, and who woke a task only where that was done in a task's own turn."
                    if why is None
                    else f"The event loop is a {name}, which cannot be traced: {why}."
                )
        except Exception as error:
            self.fail(error)

    def named(self, task):
        """A task may have got its name. Before 3.14 one that a factory made gets it last, when it may have ended."""
        try:
            key, record = self.early
            if key == id(task):
                self._rename(task, record)
        except Exception as error:
            self.fail(error)

    def executing(self, loop):
        """A function is about to be handed to an executor."""
        try:
            self.patch_threads()
        except Exception as error:
            self.fail(error)

    def executed(self, _, future):
        """It is, and the future stands for it. Returns the future."""
        try:
            self.executions[id(future)] = weakref.ref(future)
            if len(self.executions) > 1000:
                self.executions = {key: value for key, value in self.executions.items() if value() is not None}
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
            turn = self.turns.get(_ident())
            asker = turn.record if turn is not None and turn.place else None
            if asker is not None and self.creating:
                asker = self._running(events._get_running_loop(), turn)
            name = self.journal.string(_name(*_function_of(item)))
            self.jobs[id(item)] = number
            self.journal.put(JOB, b"J", 0, number, name, asker.number if asker is not None else -1, _now())
        except Exception as error:
            self.fail(error)

    def job_begins(self, item):
        """A thread takes it up."""
        try:
            number = self.jobs.get(id(item))
            if number is not None:
                worker = self.journal.string(_thread_name())
                self.journal.put(BEGUN, b"B", number, worker, _now())
        except Exception as error:
            self.fail(error)

    def job_ends(self, item):
        """It has returned."""
        now = _now()
        try:
            number = self.jobs.pop(id(item), None)
            if number is not None:
                self.journal.put(DONE, b"D", number, now)
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
                self.note(
                    f"The tracer failed with {type(error).__name__} at its line {line}; what follows may be incomplete."
                )

    def note(self, text):
        """Adds a sentence to the trace."""
        self.journal.put(NOTE, b"n", self.journal.string(text, 1000))

    def note_once(self, text):
        """The same, unless it says so already."""
        if text not in self.journal.strings:
            self.note(text)

    # What they are made of.

    def _turn(self, loop):
        """That of this thread, which runs the loop."""
        ident = _ident()
        turn = self.turns.get(ident)
        if turn is None:
            number = len(self.turns)
            turn = self.turns[ident] = Turn(2 * number if number < SLOTS else -1)
            self.alone = number == 0
        if self.alone and not turn.outer:
            # Loops that were closed have left steps behind, which nobody begins.
            for key, record in list(self.pending.items()):
                if record.reference() is None:
                    self.pending.pop(key, None)
        turn.loop = weakref.ref(loop)
        self.turn = turn
        return turn

    def _begins(self, turn, handle, record):
        """A callback begins that is no step, or a step that is not kept, or was not asked for through `call_soon`."""
        entry = None
        if record is None:
            entry = self.causes.pop(id(handle), None)
            if entry is None and (task := _task_of(handle._callback)) is not None:
                entry = self._record(task)
            if isinstance(entry, Record):
                record = entry
        turn.record = record
        if not turn.outer:
            self.creating = 0
        begun = _now()
        if record is None:
            turn.cause = entry if entry is not None and handle.__class__ is _HANDLE else -1
        elif record.number >= 0 and (at := next(self.journal.places)):
            turn.place = at
            STEP_BEGINS.pack_into(self.journal.buffer, at, record.mark, begun)
            return
        elif turn.slot >= 0:
            slots = self.journal.slots
            slots[turn.slot] = record.number + 1
            slots[turn.slot + 1] = begun
        turn.begun = begun
        turn.place = -1

    def _ends(self, turn, handle, ended):
        """It ends. Returns the task in whose turn it was."""
        record, begun = turn.record, turn.begun
        if record is None:
            if ended - begun >= LONG_NS:
                self._callback(handle, begun, ended)
            return turn.cause
        task = record.reference()
        if task is not None:
            self._sum(task, record, begun, ended)
        record.woken_by = -1
        if turn.slot >= 0:
            self.journal.slots[turn.slot] = 0  # No record will tell that the step has ended.
        return record.number

    def _cancelled(self, record, waiter, running, cause):
        """The future for which a task waits was cancelled, because the task is to be."""
        # Where the task waited for another, that one was cancelled first, and by the same.
        inherited = running.cancelled_by if running is not None else -1
        record.cancelled_by = inherited if inherited >= 0 else cause
        record.message = _text(waiter._cancel_message)

    def _look(self, loop, record, by):
        """Looks among the tasks of one of several loops for those that were marked as to be cancelled."""
        ready = _ready(loop)
        if len(ready) <= MOST_LOOKED_AT:
            for each in tuple(ready):
                entry = self.pending.get(id(each))
                if entry is not None and entry is not record and entry.cancelled_by < 0:
                    task = entry.reference()
                    if task is not None and task._must_cancel:
                        entry.cancelled_by = by

    def _idle(self, loop, now):
        """If the loop is about to wait, what is known is copied."""
        if not _ready(loop):
            self.copy.idle(now)

    def _running(self, loop, turn):
        """The record of the task that has its turn, while tasks are created: an eager one may be at its first step."""
        if turn.loop() is not loop:
            return turn.record
        task = _current_task(loop)
        if task is None:
            return turn.record
        record = self._known(task)
        if record is None:
            record = self._register(task, turn.record)
            record.early = True
        return record

    def _record(self, task):
        record = self._known(task)
        return record if record is not None else self._register(task, None)

    def _known(self, task):
        record = self.known.get(id(task))
        return record if record is not None else self.unnumbered.get(id(task))

    def _register(self, task, creator, coroutine=None):
        """A new record."""
        key = id(task)
        self.early = _NEVER
        number = self.tasks
        self.tasks = self.journal.header[2] = number + 1
        known = self.known if number < MOST_TASKS else self.unnumbered
        reference = weakref.ref(task, lambda _: known.pop(key, None))
        if number >= MOST_TASKS:
            record = Record(-1, reference)
        else:
            string = self.journal.string
            name = task.get_name()
            runs = string(_code_name(coroutine if coroutine is not None else task.get_coro()))
            parent = creator.number if creator is not None else -1
            self.journal.put(TASK, b"T", number, parent, self._loop(task.get_loop()), _now(), string(name), runs)
            record = Record(number, reference)
            record.name = name[:MOST_CHARACTERS]
        known[key] = record
        return record

    def _loop(self, loop):
        for number, reference in enumerate(self.loops):
            if reference() is loop:
                return number
        self.loops.append(weakref.ref(loop))
        if not self.patched_threads:
            self.patch_threads()
        return len(self.loops) - 1

    def _step(self, task, record, at, ended, cause, own=None, awaited=None):  # noqa: PLR0917 - keywords cost time
        """A step ends that is kept. `own` and `awaited` are how far `_wait` need not look again."""
        if task is None:
            STEP.pack_into(self.journal.buffer, at, b"x", 0, 0, ended, 0, 0, 0)  # Gone, and so is its step.
            return
        waiter = task._fut_waiter
        done = waiter is None and task.done()
        waits, line = (0, -1) if done else self._wait(task, waiter, own, awaited)
        if task.get_name() != record.name:
            self._rename(task, record)
        STEP_ENDS.pack_into(self.journal.buffer, at + STEP_BEGINS.size, ended, waits, line, cause)
        self._after(task, record, ended, done)

    def _sum(self, task, record, begun, ended):
        """A step ends that is not kept."""
        number = record.number
        place = 2 * (number if number >= 0 else MOST_TASKS)
        sums = self.journal.sums
        sums[place] += 1
        sums[place + 1] += max(0, ended - begun)
        done = task._fut_waiter is None and task.done()
        if task.get_name() != record.name:
            self._rename(task, record)
        self._after(task, record, ended, done)

    def _after(self, task, record, ended, done):
        if done:
            self._end(task, record, ended)
        elif record.cancelled_by >= 0 and not task.cancelling():
            record.cancelled_by = -1

    def _wait(self, task, waiter, own, then):
        """What a task waits for, and the line of the program at which it stands.

        `own` is its innermost coroutine of the program, as far as that is known, and `then` what that awaits.
        """
        program = self.program
        called = first = None
        root = own
        if own is None:
            root = then = task.get_coro()
        while then is not None:
            awaited = then
            kind = type(awaited)
            if kind is _COROUTINE:
                code, then = awaited.cr_code, awaited.cr_await
            elif kind is _GENERATOR:
                code, then = awaited.gi_code, awaited.gi_yieldfrom
            elif kind is _ASYNC_GENERATOR:
                code, then = awaited.ag_code, awaited.ag_await
            elif kind.__name__ in _WITHOUT_FRAME:
                then = next((each for each in gc.get_referents(awaited) if type(each) in _FRAMED), None)
                continue
            else:
                break
            if code.co_filename == program:
                own, called = awaited, None
            elif called is None:
                called, first = awaited, code
                if code is _SLEEP:
                    break
        line = -1
        if own is not None:
            kind = type(own)
            frame = own.cr_frame if kind is _COROUTINE else own.gi_frame if kind is _GENERATOR else own.ag_frame
            if frame is not None:
                line = frame.f_lineno or -1
        elif called is root:
            called = None
        if called is None:
            waits = self._future(waiter)
        elif first is _SLEEP:
            waits = self._sleep(waiter)
        else:
            waits = self.labels.get(first.co_qualname) or self._call(called, first, waiter)
        if called is not None and own is not None and type(own) is _COROUTINE:
            self._site(own.cr_code, frame.f_lasti, line, first, waits)
        return waits, line

    def _site(self, code, offset, line, callee, waits):
        """Remembers the await at an offset of a code: the line, the code of what is awaited, and what is waited for.

        Only where that says it all: where nothing of the program is awaited further in. For `sleep` it depends, and is
        not remembered. The bytecode is a part of the code object, so its address and the offset are those of the await.
        """
        if callee is _SLEEP:
            waits = 0
        elif callee.co_qualname not in _LEAVES or not callee.co_filename.startswith(_ASYNCIO):
            return
        if len(self.sites) < MOST_STEPS:
            self.codes.append(code)
            self.sites[id(code) + offset] = line, callee, waits

    def _rename(self, task, record):
        name = task.get_name()
        if name != record.name and record.number >= 0 and self.renames < MOST_RENAMES:
            self.renames += 1
            self.journal.put(NAME, b"N", record.number, self.journal.string(name))
        record.name = name[:MOST_CHARACTERS]

    def _end(self, task, record, ended):
        (self.known if record.number >= 0 else self.unnumbered).pop(id(task), None)
        if record.number >= 0:
            outcome, detail = _ended(task)
            by = -1
            if outcome == CANCELLED:
                by, detail = record.cancelled_by, detail or record.message
            self.journal.put(END, b"E", outcome, record.number, ended, self.journal.string(detail), by)

    def _sleep(self, waiter):
        if waiter is None:
            delay = 0
        else:
            future, delay = self.slept.get(_ident(), _NEVER)
            if future != id(waiter):
                return self.journal.string("sleep")
        label = self.labels.get(delay)
        if label is None:
            label = self.journal.string(f"sleep({delay:g})")
            if len(self.labels) < MOST_STEPS:
                self.labels[delay] = label
        return label

    def _call(self, awaited, first, waiter):
        """The words for a call of the library: the first public one, from outside; those that only pass on left out."""
        codes = []
        while awaited is not None:
            kind = type(awaited)
            if kind is _COROUTINE:
                code, awaited = awaited.cr_code, awaited.cr_await
            elif kind is _GENERATOR:
                code, awaited = awaited.gi_code, awaited.gi_yieldfrom
            else:
                break
            codes.append(code)
        if first.co_name == "wait_for" and len(codes) == 1 and isinstance(waiter, _TASKS):
            return self.journal.string(waiter.get_name())
        if first.co_name == "wait_for" and len(codes) > 1:
            del codes[0]
            if codes[0] is _SLEEP:
                return self.journal.string("sleep")
        public = next((code for code in codes if not code.co_name.startswith("_")), None)
        known = _PRIVATE.get(first.co_qualname)
        if known is None:
            known = _short((public or codes[-1]).co_qualname)
        label = self.journal.string(known)
        if (first.co_name != "wait_for" or public is first) and (public is first or first.co_qualname in _PRIVATE):
            self.labels[str.__str__(first.co_qualname)] = label
        return label

    def _future(self, waiter):
        """The words for a future that is awaited by itself."""
        if waiter is None:
            return self.journal.string("the next turn")
        if isinstance(waiter, _TASKS):
            text = waiter.get_name()
        elif type(waiter) is tasks._GatheringFuture:
            text = "gather"
        elif (known := self.executions.get(id(waiter))) is not None and known() is waiter:
            text = "run_in_executor"
        elif _is_shield(waiter):
            text = "shield"
        else:
            text = "Future"
        return self.journal.string(text)

    def _callback(self, handle, begun, ended):
        if self.callbacks < MOST_OTHERS:
            self.callbacks += 1
            name = self.journal.string(_name(handle._callback, handle._args or ()))
            self.journal.put(CALLBACK, b"C", self._loop(handle._loop), begun, ended, name)

    def patch_threads(self):
        """Makes the pools of threads tell of their jobs, once their module is loaded."""
        if not self.patched_threads and _THREADS in sys.modules:
            self.patched_threads = True
            _put_in_place()


_FRAMED = (_COROUTINE, _GENERATOR, _ASYNC_GENERATOR)
_WITHOUT_FRAME = ("async_generator_asend", "async_generator_athrow", "coroutine_wrapper")
_NEVER = (0, 0)
_NOWHERE = (0, None, 0)
_SLEEP = tasks.sleep.__code__
_ASYNCIO = tasks.__file__.removesuffix("tasks.py")
_LEAVES = {
    *("Condition.wait", "Event.wait", "Lock.acquire", "Queue.get", "Queue.join", "Queue.put", "Semaphore.acquire"),
    *("StreamReader.read", "StreamReader.readline", "StreamReader.readuntil", "TaskGroup.__aexit__", "wait"),
}
"""Coroutine functions of asyncio, among those that are called most, that await nothing of the program's."""
_PRIVATE = {
    "TaskGroup.__aexit__": "TaskGroup",
    "_AsCompletedIterator.__anext__": "as_completed",
    "_AsCompletedIterator._wait_for_one": "as_completed",
    "as_completed.<locals>._wait_for_one": "as_completed",
}


def _task_of(callback):
    """The task of which a callback is a step; None where it is no step. Runs no code of the program."""
    global _STEP  # noqa: PLW0603 - the type has no name by which it could be found
    kind = type(callback)
    if kind is _BUILTIN:
        if callback.__name__ != "task_wakeup":
            return None
    elif kind is _METHOD:
        if callback.__func__ not in _STEPS:
            return None
    elif kind.__name__ not in _WRAPPERS or kind.__module__ not in ("builtins", "_asyncio"):
        return None
    elif kind.__name__ == "TaskStepMethWrapper":
        _STEP = kind
    return callback.__self__


_STEP = None
"""The type of the first step of a task; known when the first was seen."""
_WRAPPERS = ("TaskStepMethWrapper", "TaskWakeupMethWrapper")
_STEPS = [vars(tasks._PyTask)[name] for name in ("_Task__step", "_Task__wakeup") if name in vars(tasks._PyTask)]


def _ready(loop):
    """What is about to run in a loop, handle by handle; nothing where it is not asyncio's."""
    ready = getattr(loop, "_ready", None)
    return ready if type(ready) is collections.deque else ()


def _is_shield(future):
    """Whether it is what `shield` returns."""
    with contextlib.suppress(Exception):
        return any(
            type(callback) is types.FunctionType and callback.__qualname__.startswith("shield.")
            for callback, _ in future._callbacks or ()
        )
    return False


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
        elif kind is _BUILTIN and function.__name__ == "run" and args and type(function.__self__).__name__ == "Context":
            function, args = args[0], args[1:]
        else:
            break
    if type(function) is _METHOD:
        function = function.__func__
    if type(function) in (types.FunctionType, _BUILTIN, types.MethodDescriptorType, type):
        return function.__qualname__.rpartition("<locals>.")[2]
    return type(function).__qualname__


def _thread_name():
    threading = sys.modules.get("threading")
    thread = threading._active.get(_ident()) if threading is not None else None
    return thread.name if thread is not None else "thread"


_PLAIN = (str, int, float, bool, bytes, type(None))


RESULT, EXCEPTION, CANCELLED = range(3)


def _text(value):
    """A value of the program as text, where that runs no code of the program."""
    return "" if value is None or type(value) not in _PLAIN else str(value)[:MOST_CHARACTERS]


def _ended(task):
    """How a task ended, without marking its exception as seen, and the detail."""
    if task.cancelled():
        return CANCELLED, _text(task._cancel_message)
    error = task._exception
    if error is None:
        return RESULT, ""
    kind = type(error)
    text = ""
    if type(kind.__str__) is types.WrapperDescriptorType and (
        isinstance(error, BaseExceptionGroup) or all(type(each) in _PLAIN for each in error.args)
    ):
        text = str(error)
    return EXCEPTION, f"{kind.__name__}: {text}" if text else kind.__name__


# How the functions of asyncio are given calls of ours.


def _compiled(code, lines, change):
    """The code of a function, compiled from its own source with the change made to its tree. `lines` are its module's.

    Where it calls hooks, their names are constants. Names, lines and columns stay as they are. Raises where that is
    impossible.
    """
    lines = lines[code.co_firstlineno - 1 :]
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
    module = compile(tree, code.co_filename, "exec", dont_inherit=True)
    outer = next(each for each in module.co_consts if isinstance(each, types.CodeType)) if indent else module
    new = next(each for each in outer.co_consts if isinstance(each, types.CodeType) and each.co_name == code.co_name)
    if new.co_varnames != code.co_varnames or new.co_freevars != code.co_freevars:
        raise LookupError(f"{code.co_qualname} has other variables")
    return new.replace(co_filename=code.co_filename, co_qualname=code.co_qualname)


def _source(spec):
    """The lines of a module: of a file, as a rule, or of a part of a zip archive."""
    if spec.name not in _sources:
        text = spec.loader.get_source(spec.name)
        if text is None:
            raise LookupError(f"{spec.name} comes without its source")
        _sources[spec.name] = text.splitlines(keepends=True)
    return _sources[spec.name]


_sources = {}


def _call(hook, arguments, at):
    """The expression that calls a hook with expressions, at the place of a node."""
    # To call a text by itself would be worth a warning to the compiler, and whoever suppresses that leaves traces. Of
    # this, which cannot be warned of, nothing but the text is left in the bytecode.
    name = ast.IfExp(test=ast.Constant(value=True), body=ast.Constant(value=hook), orelse=ast.Constant(value=hook))
    node = ast.Call(func=name, args=arguments, keywords=[])
    for each in [node, name, name.test, name.body, name.orelse, *arguments]:
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


def _at_start(hook, name):
    """A change: calls a hook with a variable before the first statement."""

    def change(definition):
        at = 1 if ast.get_docstring(definition) is not None else 0
        first = definition.body[at]
        definition.body.insert(at, ast.copy_location(ast.Expr(_call(hook, _load(name), first)), first))
        return True

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


def _at_end(hook, expression):
    """A change: calls a hook with what the text of an expression says after the last statement."""

    def change(definition):
        last = definition.body[-1]
        argument = ast.parse(expression, mode="eval").body
        for node in ast.walk(argument):
            ast.copy_location(node, last)
        definition.body.append(ast.copy_location(ast.Expr(_call(hook, [argument], last)), last))
        return True

    return change


def _through(hook_before, hook_after, names, *others):
    """A change: `f(…)` becomes `after(before(self), f(…), *others)`, for f of these names and the others of theirs."""

    def change(definition):
        class Put(ast.NodeTransformer):
            found = 0

            def visit_Call(self, node):
                self.generic_visit(node)
                if _dotted(node.func) not in names:
                    return node
                Put.found += 1
                before = _call(hook_before, _load("self"), node)
                return _call(hook_after, [before, node, *_load(*others)], node)

        Put().visit(definition)
        return Put.found > 0

    return change


def _dotted(node):
    """`a.b.c`, where an expression is that."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr}"
    return ""


def _runs_callback(node):
    return isinstance(node.value, ast.Call) and _dotted(node.value.func) == "self._context.run"


def _runs_work(node):
    return isinstance(node.value, ast.Call) and _dotted(node.value.func) in ("self.fn", "ctx.run")


class ForeignStep:
    """The step of a task in a loop that is not asyncio's: what the loop calls, in place of the step itself."""

    __slots__ = ("_args", "_callback", "_loop")

    def __init__(self, loop, callback):
        self._loop, self._callback, self._args = loop, callback, ()

    def __call__(self, *args):
        """Takes the step."""
        tracer = _tracer
        if tracer is not None:
            tracer.begin(self)
        try:
            self._callback(*args)
        finally:
            if tracer is not None:
                tracer.end(self)


_foreign = {}
"""The classes of loops that were changed, and what they had under the names that were given to them."""


def _change_class(kind):
    """Makes the loops of a class tell what is asked of them. Returns why that is impossible, or None."""
    call_soon, call_later = kind.call_soon, kind.call_later

    def soon(self, callback, *args, context=None):
        if _tracer is None or _task_of(callback) is None:
            return call_soon(self, callback, *args, context=context)
        step = ForeignStep(self, callback)
        _tracer.soon(self, callback, step)
        return call_soon(self, step, *args, context=context)

    def later(self, delay, callback, *args, context=None):
        if _tracer is not None:
            _tracer.later(delay, callback, args)
        return call_later(self, delay, callback, *args, context=context)

    own = {}
    for name, function in (("call_soon", soon), ("call_later", later)):
        function.__name__, function.__qualname__ = name, f"{kind.__qualname__}.{name}"
        own[name] = vars(kind).get(name)
        try:
            setattr(kind, name, function)
        except TypeError as error:
            return str(error)
    _foreign[kind] = own
    return None


_tracer = None
_codes = {}
"""For each function that is to call us, by `_key`: the code that does, with the names of hooks among its constants."""
_owns = {}
"""For each function that calls us now: its own code."""
_problems = []
_THREADS = "concurrent.futures.thread"


def _prepare(function, change):
    try:
        code = function.__code__
        _codes[_key(function)] = _compiled(code, _source(sys.modules[function.__module__].__spec__), change)
    except Exception as error:
        _problems.append(f"{function.__qualname__}: {error}")


def _prepare_threads():
    """The same for a module that a program may not have loaded, without loading it."""
    try:
        folder = sys.modules["concurrent.futures"].__path__
        spec = sys.modules["_frozen_importlib_external"].PathFinder.find_spec(_THREADS, folder)
        item = _inner(spec.loader.get_code(spec.name), "_WorkItem")
        for name, change in (
            ("__init__", _at_end("\0submitted", "self")),
            ("run", _around("\0job_begins", "\0job_ends", _runs_work)),
        ):
            _codes[f"{_THREADS}._WorkItem.{name}"] = _compiled(_inner(item, name), _source(spec), change)
    except Exception as error:
        _problems.append(f"{_THREADS}: {error}")


def _inner(code, name):
    return next(each for each in code.co_consts if isinstance(each, types.CodeType) and each.co_name == name)


def _key(function):
    return f"{function.__module__}.{function.__qualname__}"


def prepare(ready=None):
    """Compiles what `start` puts in place. Costs some ten milliseconds, and changes nothing.

    `ready` is what `prepared` gave, in another process of the very same Python: that costs nothing.
    """
    if ready is not None:
        _codes.update(ready)
    if _codes or _problems:
        return
    loop = base_events.BaseEventLoop
    _prepare(events.Handle._run, _around("\0begin", "\0end", _runs_callback))
    _prepare(loop._call_soon, _before_return("\0soon", "self", "callback", "handle"))
    _prepare(loop.call_later, _before_return("\0later", "delay", "callback", "args"))
    made = _through("\0making", "\0made", ("self._task_factory", "tasks.Task"), "coro")
    if hasattr(tasks, "_set_task_name"):
        _prepare(tasks._set_task_name, _at_end("\0named", "task"))
        _prepare(loop.create_task, made)
    elif sys.version_info < (3, 14):
        named = _before_return("\0named", "task")
        _prepare(loop.create_task, lambda definition: made(definition) and named(definition))
    else:
        _prepare(loop.create_task, made)
    _prepare(runners.Runner._lazy_init, _at_end("\0seen", "self._loop"))
    _prepare(getattr(tasks, "_ensure_future", tasks.ensure_future), _at_start("\0seen", "loop"))
    _prepare(loop.run_in_executor, _through("\0executing", "\0executed", ("futures.wrap_future",)))
    _prepare_threads()
    _sources.clear()


def prepared():
    """What `prepare` made, for `marshal`: codes by names."""
    return dict(_codes)


def _functions():
    """The functions that there are to call us."""
    loop = base_events.BaseEventLoop
    yield from (events.Handle._run, loop._call_soon, loop.call_later, loop.create_task, loop.run_in_executor)
    yield runners.Runner._lazy_init
    for name in ("_set_task_name", "_ensure_future", "ensure_future"):
        if hasattr(tasks, name):
            yield getattr(tasks, name)
    if (module := sys.modules.get(_THREADS)) is not None:
        yield from (module._WorkItem.__init__, module._WorkItem.run)


def _put_in_place():
    for function in _functions():
        code = _codes.get(_key(function))
        if code is not None and function not in _owns:
            _owns[function] = function.__code__
            hooks = (
                getattr(_tracer, each[1:]) if type(each) is str and each[:1] == "\0" else each
                for each in code.co_consts
            )
            function.__code__ = code.replace(co_consts=tuple(hooks))


def start(buffer, program, path=None):
    """Traces from now on into the buffer, SIZE bytes of zeros; `program` is its file, as its code objects name it.

    Where the buffer does not outlive the process, it is copied to the file `path` whenever the loop has to wait.
    """
    global _tracer  # noqa: PLW0603 - there is one process
    prepare()
    _tracer = Tracer(buffer, program, path)
    if path is not None:
        atexit.register(_copy_last)
    for problem in _problems:
        _tracer.note(f"Not all could be seen on this Python: {problem}.")
    _put_in_place()
    if hasattr(os, "register_at_fork") and not _forks_watched:
        os.register_at_fork(after_in_parent=_note_fork, after_in_child=stop)
        _forks_watched.append(True)


_forks_watched = []


def _note_fork():
    if _tracer is not None and _tracer.tasks:
        with contextlib.suppress(Exception):
            _tracer.note_once("The program forked while it was traced; what the new processes did is not in the trace.")


def _copy_last():
    if _tracer is not None and _tracer.copy is not None:
        with contextlib.suppress(Exception):
            _tracer.copy.write()


def stop():
    """Traces no more; asyncio is what it was."""
    global _tracer  # noqa: PLW0603 - there is one process
    for function, own in _owns.items():
        function.__code__ = own
    _owns.clear()
    for kind, names in _foreign.items():
        for name, value in names.items():
            if value is None:
                delattr(kind, name)
            else:
                setattr(kind, name, value)
    _foreign.clear()
    if _tracer is not None:
        _tracer.begin = _tracer.end = _tracer.soon = _nothing  # What refers to itself would be freed later.
    _tracer = None


def _nothing(*_):
    """In place of a hook."""
