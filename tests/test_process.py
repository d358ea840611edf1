"""A program under the recorder cannot be told from `python file.py`: neither forked nor as a plain process."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from runnable.interpreter import Environment, own
from runnable.places import shortener
from runnable.process import Launcher, _variables
from runnable.project import Project
from runnable.recording import assemble
from runnable.snippet import Snippet, find_snippets
from runnable.stamps import sockets_work

Make = Callable[[dict[str, str | bytes]], Project]
unix = sys.platform != "win32"
ENVIRONMENT = Environment(own(), own().executable, ())
VERSION = f"{sys.version_info[0]}.{sys.version_info[1]}"


@dataclass(frozen=True)
class Seen:
    """What a run showed: the lines of each stream, and the exit status."""

    out: list[str]
    err: list[str]
    status: int


def steady(text: str) -> str:
    """`text` without addresses and the numbers of threads."""
    return re.sub(r"0x[0-9a-f]{6,16}", "0x…", text)


def by_recorder(project: Project, snippets: list[Snippet], *, fork: bool) -> dict[str, Seen]:
    async def main() -> dict[str, Seen]:
        found: dict[str, Seen] = {}
        async with Launcher(fork=fork) as launcher:

            async def one(snippet: Snippet) -> None:
                directory = launcher.root / snippet.slug
                directory.mkdir()
                ended = await launcher.run(snippet, ENVIRONMENT, directory)
                shorten = shortener(project.root, directory, VERSION)
                lines = assemble(ended.capture.writes(ended.began_ns))
                out, err = (
                    [steady(shorten(line.text)) for line in lines if line.stream == stream] for stream in ("out", "err")
                )
                found[snippet.slug] = Seen(out, err, ended.status)

            async with asyncio.TaskGroup() as group:
                for snippet in snippets:
                    group.create_task(one(snippet))
        return found

    return asyncio.run(main())


def by_hand(project: Project, snippets: list[Snippet], directories: Path) -> dict[str, Seen]:
    """Runs `python file.py`, with nothing of ours but the environment."""

    def one(snippet: Snippet) -> Seen:
        directory = directories / snippet.slug
        directory.mkdir()
        done = subprocess.run(
            [own().executable, snippet.path],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=_variables(os.environ),
            cwd=directory,
            start_new_session=unix,
            timeout=60,
            check=False,
        )
        shorten = shortener(project.root, directory, VERSION)
        out, err = (steady(shorten(data.decode())).splitlines() for data in (done.stdout, done.stderr))
        return Seen(out, err, done.returncode)

    with ThreadPoolExecutor(4) as pool:
        return dict(zip((snippet.slug for snippet in snippets), pool.map(one, snippets), strict=True))


# Each prints what it sees of its surroundings, or ends in a way of its own.
PROBES = {
    # What a program finds
    "names": """
        import __main__, os, sys
        print(__name__, __file__, __doc__, __package__, __spec__, type(__builtins__).__name__)
        print(type(__loader__).__name__, __loader__.name, __loader__.path)
        print(__main__ is sys.modules["__main__"], vars(__main__) is globals())
        print(sys.argv, sys.orig_argv[1:], sys.path[0], sys.path[1:], sys.flags)
        print(sys.executable, sys.prefix, sys.warnoptions, sys._xoptions, sys.dont_write_bytecode)
        print(os.getcwd(), os.listdir())
        for name in sorted(globals()):
            print(name, type(globals()[name]).__name__)
    """,
    "first_line_globals": "print(list(globals()))",
    "environment": """
        import locale, os, sys, time
        for item in sorted(os.environ.items()):
            print(*item)
        print(sys.getfilesystemencoding(), sys.getdefaultencoding(), locale.getlocale(), time.tzname, time.timezone)
        print(hash("tea"), sys.hash_info.algorithm, sys.getrecursionlimit(), sys.getswitchinterval())
    """,
    "streams": """
        import os, shutil, sys
        for stream in (sys.stdin, sys.stdout, sys.stderr, sys.__stdout__):
            print(stream.name, stream.mode, stream.encoding, stream.errors, stream.newlines, stream.isatty())
            print(stream.fileno(), stream.line_buffering, stream.write_through, type(stream.buffer).__name__)
        print(sys.stdout.seekable(), sys.stdout.readable(), sys.stderr.seekable(), sys.stdin.read() == "")
        print(shutil.get_terminal_size(), sys.stdout is sys.__stdout__)
        try:
            os.get_terminal_size()
        except OSError as error:
            print("no terminal")
    """,
    "input": "name = input('name? ')",
    "warnings_found": """
        import sys, warnings
        print([(one[0], one[2].__name__, one[4]) for one in warnings.filters], sys.warnoptions)
        warnings.warn("old", DeprecationWarning)
        warnings.warn("soon", PendingDeprecationWarning)
        warnings.warn("mind")
        def deeper():
            warnings.warn("deep", stacklevel=2)
        deeper()
    """,
    "syntax_warning": """
        print("\\d", 1 is 1)
    """,
    "stack": """
        import asyncio, faulthandler, inspect, sys, threading, traceback
        print(len(inspect.stack()), sys._getframe().f_back, sys._getframe().f_code.co_name)
        print([len(traceback.extract_stack(frame)) for frame in sys._current_frames().values()])
        traceback.print_stack()
        async def main():
            print([frame.function for frame in inspect.stack()][0], inspect.stack()[-1].function)
            asyncio.current_task().print_stack()
        asyncio.run(main())
        def inner():
            faulthandler.dump_traceback()
            raise ValueError("x")
        try:
            inner()
        except ValueError:
            traceback.print_exc()
    """,
    "threads_found": """
        import os, threading
        main = threading.main_thread()
        print(main is threading.current_thread(), main.name, threading.active_count(), threading.enumerate() == [main])
        print(main.ident == threading.get_ident(), main.daemon, main.is_alive())
    """,
    "counters": """
        import asyncio, threading
        from concurrent.futures import ThreadPoolExecutor
        async def main():
            print(asyncio.current_task().get_name(), asyncio.create_task(asyncio.sleep(0)).get_name())
            print(await asyncio.to_thread(lambda: threading.current_thread().name))
        asyncio.run(main())
        print(threading.Thread().name)
        with ThreadPoolExecutor(1) as pool:
            print(pool.submit(lambda: threading.current_thread().name).result())
    """,
    "garbage": """
        import gc, weakref
        print(gc.callbacks, gc.isenabled(), gc.get_threshold(), gc.get_debug(), gc.garbage)
        class Node: pass
        node = Node(); node.me = node
        gone = weakref.ref(node)
        del node
        seen = []
        gc.callbacks.append(lambda phase, info: seen.append((phase, sorted(info))))
        gc.collect()
        print(gone(), seen)
    """,
    "loop_found": """
        import asyncio, warnings
        warnings.simplefilter("ignore")
        print(type(asyncio.get_event_loop_policy()).__name__)
        try:
            print(asyncio.get_running_loop())
        except RuntimeError as error:
            print(error)
        print(type(asyncio.new_event_loop()).__name__)
    """,
    "modules": """
        import asyncio, sys
        print("greenlet" in sys.modules, "array" in sys.modules, "resource" in sys.modules)
    """,
    "imports": """
        import greenlet, array, asyncio.subprocess
        print(greenlet.getcurrent().parent is not None or True, array.array("i", [1]))
    """,
    # How it ends
    "exit_0": "import sys; sys.exit()",
    "exit_none": "import sys; sys.exit(None)",
    "exit_3": "import sys; sys.exit(3)",
    "exit_true": "raise SystemExit(True)",
    "exit_large": "import sys; sys.exit(256 + 7)",
    "exit_negative": "import sys; sys.exit(-1)",
    "exit_words": "import sys; sys.exit('no tea')",
    "exit_object": "import sys; sys.exit(['no', 'tea'])",
    "exit_builtin": "exit(4)",
    "exit_nested": """
        import asyncio, sys
        def deep(n):
            try:
                deep(n - 1) if n else sys.exit(5)
            finally:
                print("finally", n)
        async def main():
            deep(3)
        asyncio.run(main())
    """,
    "exit_in_task": """
        import asyncio, sys
        async def leaves():
            sys.exit(6)
        async def main():
            await asyncio.gather(leaves(), asyncio.sleep(5))
        asyncio.run(main())
    """,
    "interrupt_in_task": """
        import asyncio
        async def leaves():
            raise KeyboardInterrupt
        async def main():
            await asyncio.gather(leaves(), asyncio.sleep(5))
        asyncio.run(main())
    """,
    "exit_class": """
        class Leave(SystemExit):
            code = 12
        raise Leave("ignored")
    """,
    "exit_shown_later": """
        import atexit, sys, traceback
        kept = []
        atexit.register(lambda: traceback.print_exception(kept[0]))
        def leave():
            try:
                sys.exit(3)
            except SystemExit as error:
                kept.append(error)
                raise
        leave()
    """,
    "greenlets": """
        import greenlet
        def other(value):
            print("other", value, greenlet.getcurrent().parent is main)
            print(main.switch("back"))
            return "end"
        main = greenlet.getcurrent()
        inner = greenlet.greenlet(other)
        print(inner.switch("first"))
        print(inner.switch("second"), inner.dead)
    """,
    "exit_in_thread": """
        import sys, threading
        thread = threading.Thread(target=sys.exit, args=(7,))
        thread.start(); thread.join()
        print("still here")
    """,
    "exit_at_once": """
        import atexit, os
        atexit.register(print, "never")
        print("now")
        os._exit(8)
    """,
    "keyboard_interrupt": """
        def wait():
            raise KeyboardInterrupt
        wait()
    """,
    "keyboard_interrupt_in_loop": """
        import asyncio
        async def main():
            try:
                raise KeyboardInterrupt("enough")
            finally:
                print("cleaned")
        asyncio.run(main())
    """,
    "generator_exit": "raise GeneratorExit('odd')",
    "atexit_order": """
        import atexit, sys
        atexit.register(print, "first registered")
        atexit.register(lambda: print("last registered", file=sys.stderr))
        @atexit.register
        def fails():
            raise ValueError("at exit")
        @atexit.register
        def leaves():
            sys.exit(9)
        print("end of program")
    """,
    "atexit_after_error": """
        import atexit, sys
        atexit.register(lambda: print(sys.last_type, sys.last_value, getattr(sys, "last_exc", "?") is sys.last_value))
        atexit.register(lambda: print(sys.last_traceback.tb_frame.f_code.co_name, sys.last_traceback.tb_next))
        raise ValueError("kept")
    """,
    "atexit_context": """
        import atexit, contextvars
        name = contextvars.ContextVar("name", default="default")
        name.set("set by the program")
        atexit.register(lambda: print(name.get()))
    """,
    "threads_joined": """
        import threading, time
        def work():
            time.sleep(0.2)
            print("thread ends")
        threading.Thread(target=work).start()
        print("main ends")
    """,
    "threads_daemon": """
        import threading, time
        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
        print("main ends")
    """,
    "thread_fails": """
        import threading
        def work():
            raise ValueError("in a thread")
        thread = threading.Thread(target=work, name="worker")
        thread.start(); thread.join()
    """,
    "finalizers": """
        import sys, weakref
        class Node:
            def __init__(self, name): self.name = name
            def __del__(self): print("gone", self.name)
        kept, cycle = Node("kept"), Node("cycle")
        cycle.me = cycle
        class Fails:
            def __del__(self): raise ValueError("in del")
        weakref.finalize(kept, print, "finalized")
        fails = Fails()
        print("end")
    """,
    "forks": """
        import os, sys
        print("before")
        if os.fork() == 0:
            print("child")
            sys.exit(3)
        print("parent", os.waitstatus_to_exitcode(os.wait()[1]))
    """
    if unix
    else "print('no fork')",
    "closes_stdout": "import sys\nprint('a')\nsys.stdout.close()\n",
    "empties_itself": "import sys\nglobals().clear()\n",
    "stops_itself": "import os, signal; os.kill(os.getpid(), signal.SIGTERM)" if unix else "print('no signals')",
    # What goes wrong
    "error": """
        class TeaError(Exception):
            pass
        def brew(kind):
            raise TeaError(kind, "is out")
        brew("green")
    """,
    "error_notes": """
        error = ValueError("two\\nlines")
        error.add_note("a note")
        raise error
    """,
    "error_chain": """
        def read():
            return {}["tea"]
        def brew():
            try:
                read()
            except KeyError as error:
                raise RuntimeError("no tea") from error
        try:
            brew()
        except RuntimeError:
            1 / 0
    """,
    "error_from_none": """
        try:
            {}["tea"]
        except KeyError:
            raise LookupError("no tea") from None
    """,
    "error_group": """
        import asyncio
        async def fails(what):
            raise what
        async def main():
            async with asyncio.TaskGroup() as group:
                group.create_task(fails(ValueError("a")))
                group.create_task(fails(KeyError("b")))
        asyncio.run(main())
    """,
    "error_recursion": """
        import sys
        def down(n):
            return down(n + 1)
        try:
            down(0)
        except RecursionError as error:
            print(error)
    """,
    "error_compile": "print('never')\nreturn 5\n",
    "error_await": "import asyncio\nawait asyncio.sleep(0)\n",
    "error_import": "import no_such_module_anywhere",
    "error_string_only": "raise SystemError('odd')",
    "excepthook": """
        import inspect, sys
        def hook(kind, error, trace):
            print(kind.__name__, error, trace.tb_frame.f_code.co_name, trace.tb_next.tb_frame.f_code.co_name)
            print(error.__traceback__ is trace, trace.tb_next.tb_next, [one.function for one in inspect.stack()])
            print(sys.excepthook is hook)
        sys.excepthook = hook
        def fails():
            raise ValueError("hooked")
        fails()
    """,
    "excepthook_fails": """
        import sys
        def hook(kind, error, trace):
            raise KeyError("in the hook")
        sys.excepthook = hook
        raise ValueError("original")
    """,
    "excepthook_exits": """
        import sys
        def hook(kind, error, trace):
            print("leaving", error)
            sys.exit(11)
        sys.excepthook = hook
        raise ValueError("original")
    """,
    "excepthook_gone": """
        import sys
        del sys.excepthook
        raise ValueError("original")
    """,
    "unraisable": """
        import sys
        sys.unraisablehook = lambda what: print("unraisable", what.exc_value, what.err_msg)
        class Fails:
            def __del__(self): raise ValueError("in del")
        Fails()
    """,
    # asyncio's own words
    "never_awaited": """
        import asyncio
        async def brew(): pass
        async def main():
            brew()
        asyncio.run(main())
        kept = brew()
    """,
    "never_retrieved": """
        import asyncio
        async def fails():
            raise ValueError("unseen")
        async def main():
            asyncio.create_task(fails(), name="unseen")
            future = asyncio.get_running_loop().create_future()
            await asyncio.sleep(0)
        asyncio.run(main())
    """,
    "debug": """
        import asyncio, time
        async def brew(): pass
        async def fails():
            raise ValueError("unseen")
        def start():
            asyncio.create_task(fails(), name="unseen")
        async def main():
            asyncio.get_running_loop().slow_callback_duration = 60
            brew()
            start()
            await asyncio.sleep(0)
        asyncio.run(main(), debug=True)
    """,
    "logs": """
        import asyncio, logging
        logging.basicConfig(level=logging.DEBUG, format="%(name)s %(levelname)s %(message)s")
        async def main():
            logging.getLogger("tea").warning("hot")
        asyncio.run(main())
    """,
    "left_generator": """
        import asyncio
        async def drops():
            try:
                while True:
                    yield 1
            finally:
                print("generator closed")
        async def main():
            async for drop in drops():
                break
        asyncio.run(main())
    """,
    "contexts": """
        import contextvars, decimal, sys
        print(list(contextvars.copy_context()), sys.exc_info(), decimal.getcontext().prec, sys.is_finalizing())
        name = contextvars.ContextVar("name")
        name.set("tea")
        print(contextvars.copy_context()[name], contextvars.Context().run(lambda: name.get("unset")))
    """,
    "profiled": """
        import cProfile, pstats, sys, tracemalloc
        def brew(): return pour()
        def pour(): return 1
        with cProfile.Profile() as profile:
            brew()
        print(sorted(key[2] for key in pstats.Stats(profile).stats), sys.gettrace(), sys.getprofile())
        calls = []
        sys.settrace(lambda frame, event, arg: calls.append((event, frame.f_code.co_name)))
        brew()
        sys.settrace(None)
        print(calls, tracemalloc.is_tracing())
    """,
    # Other processes
    "subprocesses": """
        import subprocess, sys
        subprocess.run([sys.executable, "-c", "import sys; print('child', sys.argv, 'asyncio' in sys.modules)"])
        done = subprocess.run([sys.executable, "-c", "print(1 / 0)"], capture_output=True, text=True)
        print(done.returncode, done.stderr.splitlines()[-1])
    """,
    "async_subprocess": """
        import asyncio, sys
        async def main():
            process = await asyncio.create_subprocess_exec(sys.executable, "-c", "print(input())", stdin=-1, stdout=-1)
            print(await process.communicate(b"tea\\n"), process.returncode)
        asyncio.run(main())
    """,
    **{
        f"multiprocessing_{method}": f"""
        import multiprocessing, os
        class Cup:
            def __init__(self, tea): self.tea = tea
        def brew(cup, queue):
            print("brews", cup.tea, __name__, multiprocessing.current_process().name, os.path.basename(__file__))
            queue.put(Cup(cup.tea + " tea"))
        if __name__ == "__main__":
            context = multiprocessing.get_context({method!r})
            queue = context.Queue()
            process = context.Process(target=brew, args=(Cup("green"), queue))
            process.start()
            print(queue.get().tea)
            process.join()
            print(process.exitcode, multiprocessing.current_process().name, multiprocessing.parent_process())
        """
        for method in (("fork", "spawn", "forkserver") if unix else ("spawn",))
    },
    "multiprocessing_fails": """
        import multiprocessing
        def brew():
            raise ValueError("in the child")
        if __name__ == "__main__":
            process = multiprocessing.get_context("spawn").Process(target=brew)
            process.start(); process.join()
            print(process.exitcode)
    """,
    "process_pool": """
        from concurrent.futures import ProcessPoolExecutor
        def square(number): return number * number
        if __name__ == "__main__":
            with ProcessPoolExecutor(2) as pool:
                print(list(pool.map(square, range(5))))
    """,
    "multiprocessing_pool": """
        import multiprocessing
        def square(number): return number * number
        if __name__ == "__main__":
            with multiprocessing.get_context("spawn").Pool(1) as pool:
                print(pool.map(square, range(3)))
    """,
    "interpreters": """
        try:
            from concurrent.futures import InterpreterPoolExecutor
        except ImportError:
            print("this Python has none")
        else:
            with InterpreterPoolExecutor(1) as pool:
                print(pool.submit(pow, 2, 10).result())
    """,
    # Introspection of the program itself
    "pickles": """
        import copyreg, pickle
        class Cup:
            def __init__(self, tea): self.tea = tea
        data = pickle.dumps([Cup("green"), Cup])
        cup, kind = pickle.loads(data)
        print(cup.tea, kind is Cup, b"__main__" in data)
    """,
    "hints": """
        from __future__ import annotations
        import dataclasses, inspect, typing
        @dataclasses.dataclass
        class Cup:
            tea: str
            size: typing.Optional[Size] = None
        class Size: ...
        print(typing.get_type_hints(Cup), Cup("green"), Cup.__module__, inspect.getsource(Size).strip())
        print(inspect.getmodule(Cup).__name__, inspect.getfile(Cup), inspect.getsourcelines(Cup)[1])
    """,
    "annotations": """
        tea: str = "green"
        print(globals().get("__annotations__"))
    """,
    "guard": """
        if __name__ == "__main__":
            print("guarded")
    """,
    "encoding_cookie": "# -*- coding: utf-8 -*-\nprint('naïve 東京')\n",
    "bytes_order_mark": "\ufeffprint('marked')\n",
    "line_ends": "print('one')\r\nprint('''two\r\nthree''')\r\n",
    "future_import": "'''Doc.'''\nfrom __future__ import annotations\nprint(__doc__, annotations.compiler_flag > 0)\n",
    "encryption": """
        import ssl, hashlib
        print(ssl.create_default_context().verify_mode, len(ssl.RAND_bytes(8)), hashlib.sha256(b"tea").hexdigest()[:8])
    """,
}

# What only Unix has to be asked for.
UNIX_PROBES = {
    "calls_c": """
        import ctypes, sys
        libc = ctypes.CDLL(None)
        numbers = (ctypes.c_int * 3)(3, 1, 2)
        compare = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_int), ctypes.POINTER(ctypes.c_int))
        libc.qsort(numbers, 3, ctypes.sizeof(ctypes.c_int), compare(lambda a, b: a[0] - b[0]))
        class Pair(ctypes.Structure):
            _fields_ = [("first", ctypes.c_long), ("second", ctypes.c_char_p)]
        print(list(numbers), ctypes.string_at(Pair(1, b"tea").second), ctypes.POINTER(Pair)(Pair(7)).contents.first)
        print(ctypes.c_int(5), isinstance(numbers, ctypes.Array), sys.modules["ctypes"] is ctypes)
    """,
    "process": """
        import os, resource, signal, threading
        print(os.getpid() == os.getpgrp() == os.getsid(0), threading.get_native_id() == os.getpid())
        mask = os.umask(0); os.umask(mask)
        print(oct(mask), os.nice(0), os.getpriority(os.PRIO_PROCESS, 0))
        for name in sorted(dir(resource)):
            if name.startswith("RLIMIT_") and name != "RLIMIT_CORE":
                print(name, resource.getrlimit(getattr(resource, name)))
        print(os.times().children_user, os.waitpid is not None)
        try:
            os.wait()
        except ChildProcessError:
            print("no children")
    """,
    "signals": """
        import signal
        print(signal.set_wakeup_fd(-1), signal.getitimer(signal.ITIMER_REAL))
        print(signal.pthread_sigmask(signal.SIG_BLOCK, []))
        for number in sorted(signal.valid_signals()):
            if number != getattr(signal, "SIGRTMAX", None):
                print(number, signal.getsignal(number))
    """,
}
UNIX_PROBES["handles_signals"] = """
    import asyncio, os, signal
    async def main():
        told = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, told.set)
        os.kill(os.getpid(), signal.SIGUSR1)
        await told.wait()
        print("told")
    asyncio.run(main())
    signal.signal(signal.SIGTERM, lambda number, frame: print("asked to end in", frame.f_code.co_name))
    signal.raise_signal(signal.SIGTERM)
    signal.raise_signal(signal.SIGINT)
"""
UNIX_PROBES["crashes"] = """
    import faulthandler, os, signal, sys
    faulthandler.enable(**({"c_stack": False} if sys.version_info >= (3, 14) else {}))
    def crash():
        os.kill(os.getpid(), signal.SIGSEGV)
    crash()
"""
LINUX_PROBES = {
    "dispositions": """
        for line in open("/proc/self/status"):
            name, _, value = line.partition(":")
            if name in {"SigBlk", "SigIgn", "SigCgt", "Threads", "NoNewPrivs", "Seccomp", "Cpus_allowed"}:
                # Without the last one, by which the recorder asks for tasks.
                print(name, hex(int(value, 16) & ~(1 << 63)) if name.startswith("Sig") else value.strip())
    """,
    "open_files": """
        import os
        print(sorted(map(int, os.listdir("/proc/self/fd"))))
        print(os.readlink("/proc/self/fd/0"), os.readlink("/proc/self/exe"))
        print([os.get_inheritable(fd) for fd in range(3)], os.lseek(0, 0, 1))
    """,
}


def all_probes() -> dict[str, str]:
    probes = dict(PROBES)
    if unix:
        probes |= UNIX_PROBES
    if sys.platform == "linux":
        probes |= LINUX_PROBES
    return {name: dedented(source) for name, source in probes.items()}


def dedented(source: str) -> str:
    """textwrap.dedent() would also normalise what the probe of line ends is about."""
    lines = source.removeprefix("\n").split("\n")
    indent = len(lines[0]) - len(lines[0].lstrip(" "))
    return "\n".join(line[indent:] if line[:indent].isspace() else line for line in lines)


@pytest.fixture(scope="module")
def seen(make_project: Make, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Seen]]:
    project = make_project({f"snippets/{name}.py": source for name, source in all_probes().items()})
    snippets, problems = find_snippets(project)
    assert list(map(str, problems)) == []
    return {
        "forked": by_recorder(project, snippets, fork=True),
        "plain": by_recorder(project, snippets, fork=False),
        "by hand": by_hand(project, snippets, tmp_path_factory.mktemp("directories").resolve()),
    }


@pytest.mark.parametrize("name", all_probes())
def test_a_plain_process_is_python_file_py(seen: dict[str, dict[str, Seen]], name: str) -> None:
    assert seen["plain"][name] == seen["by hand"][name]


@pytest.mark.skipif(not sockets_work(), reason="there is no fork server here")
@pytest.mark.parametrize("name", all_probes())
def test_a_forked_program_is_a_plain_process(seen: dict[str, dict[str, Seen]], name: str) -> None:
    assert seen["forked"][name] == seen["plain"][name]


DIFFERENT = {
    "depth": """
        import sys
        def down(n):
            try:
                return down(n + 1)
            except RecursionError:
                return n
        print(down(0))
    """,
    "modules": """
        import sys
        before = set(sys.modules)
        import asyncio
        print(*sorted(before))
        print(*sorted(sys.modules))
    """,
    "chance_1": "import os, random, uuid\nprint(random.random(), uuid.uuid4(), os.urandom(4))\n",
    "chance_2": "import os, random, uuid\nprint(random.random(), uuid.uuid4(), os.urandom(4))\n",
}


@pytest.fixture(scope="module")
def different(make_project: Make) -> dict[str, dict[str, Seen]]:
    project = make_project({f"snippets/{name}.py": dedented(source) for name, source in DIFFERENT.items()})
    snippets, _ = find_snippets(project)
    return {
        "forked": by_recorder(project, snippets, fork=True),
        "plain": by_recorder(project, snippets, fork=False),
    }


def test_two_runs_never_draw_the_same_numbers(different: dict[str, dict[str, Seen]]) -> None:
    drawn = [seen[name].out[0] for seen in different.values() for name in ("chance_1", "chance_2")]
    values = [value for line in drawn for value in line.split(" ", 2)]
    assert len(set(values)) == len(values) == 12


def test_a_forked_program_has_a_few_calls_fewer_before_it_is_too_deep(different: dict[str, dict[str, Seen]]) -> None:
    forked, plain = (int(different[kind]["depth"].out[0]) for kind in ("forked", "plain"))
    assert 0 <= plain - forked <= 4


def test_a_forked_program_finds_nothing_loaded_that_asyncio_does_not_load(
    different: dict[str, dict[str, Seen]],
) -> None:
    before_forked, after_forked = (set(line.split()) for line in different["forked"]["modules"].out)
    before_plain, after_plain = (set(line.split()) for line in different["plain"]["modules"].out)
    assert after_forked == after_plain
    assert before_plain <= before_forked <= after_plain


@pytest.mark.skipif(not unix, reason="symbolic links need rights there")
@pytest.mark.parametrize("fork", [True, False], ids=["forked", "plain"])
def test_a_linked_program_imports_from_where_it_really_is(make_project: Make, fork: bool) -> None:
    project = make_project(
        {
            "snippets/real/program.py": "import sys, _beside\nprint(sys.path[0], __file__)\n",
            "snippets/real/_beside.py": "",
        }
    )
    (project.snippets / "linked.py").symlink_to(project.snippets / "real" / "program.py")
    snippet = Snippet.read(project.snippets / "linked.py", project)
    assert by_recorder(project, [snippet], fork=fork) == {
        "linked": Seen(["snippets/real snippets/linked.py"], [], 0),
    }


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system does not tell who computes")
@pytest.mark.parametrize("fork", [True, False], ids=["forked", "plain"])
def test_no_more_programs_start_up_at_once_than_there_are_processors_and_who_waits_keeps_none_from_it(
    make_project: Make, tmp_path: Path, fork: bool
) -> None:
    cores = os.cpu_count() or 1
    count = 2 * cores + 1
    began = tmp_path / "began"
    began.mkdir()
    text = dedented(f"""
        import os, tempfile, time

        tempfile.mkstemp(dir={str(began)!r})
        print(time.monotonic())
        while time.process_time() < 0.4:
            pass
        print(time.monotonic())
        while len(os.listdir({str(began)!r})) < {count}:
            time.sleep(0.01)
    """)
    project = make_project({f"snippets/starts_{number}.py": text for number in range(count)})
    seen = by_recorder(project, find_snippets(project)[0], fork=fork)
    assert [(each.err, each.status) for each in seen.values()] == [([], 0)] * count
    computing = [tuple(map(float, each.out)) for each in seen.values()]
    for at, _ in computing:
        assert sum(first <= at < last for first, last in computing) <= cores
