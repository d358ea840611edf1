"""The servers that programs talk to: where each is to be found, and those that run for one recording only.

A URL in the environment wins. Without one, a server that comes with a package is started, if it has one; else the
server is looked for where a local test server listens by default.
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from runnable import claim
from runnable.interpreter import MissingError, environment, own
from runnable.project import Project, Service, address

Found = Literal["environment", "embedded", "default", ""]

_ROOT = Path(__file__).resolve().parents[1]
# Seconds that a server may take to start, and to stop.
_TO_START, _TO_STOP = 60.0, 15.0


@dataclass(frozen=True)
class Whereabouts:
    """Where a service is: found in which way, at which URL; `missing` says what is wrong where it is not found."""

    service: Service
    found: Found
    url: str = ""
    missing: str = ""


def whereabouts(service: Service) -> Whereabouts:
    """Where programs would find the service now."""
    told = os.environ.get(service.variable, "") if service.variable else ""
    if told:
        try:
            host, port = address(told)
        except ValueError as error:
            what = f"it needs {service.name}, but {service.variable} is of no use: {error}. Correct or unset it."
            return Whereabouts(service, "", told, what)
        if claim.answers((host, port)):
            return Whereabouts(service, "environment", told)
        what = f"it needs {service.name}, but nothing answers at {host}:{port}, which {service.variable} names. "
        return Whereabouts(service, "", told, what + "Start it there, or unset the variable.")
    if service.embedded and _python(service.embedded) is not None:
        return Whereabouts(service, "embedded")
    if claim.answers(service.address):
        return Whereabouts(service, "default", service.url)
    host, port = service.address
    what = f"it needs {service.name}, but nothing answers at {host}:{port}. {service.start}".rstrip()
    return Whereabouts(service, "", service.url, what)


def _python(module: str) -> Path | None:
    """The Python that can run an embedded server: ours, or one for which an environment is made; None without one."""
    embedded = importlib.import_module(module)
    if importlib.util.find_spec(embedded.PACKAGE) is not None:
        return own().executable
    pythons = SpecifierSet(embedded.PYTHON)
    if own().version in pythons:
        return None  # Nobody has installed it: `make .venv/ready` does.
    try:
        return environment(pythons, [Requirement(embedded.DISTRIBUTION)], Project.at(_ROOT)).python
    except MissingError:
        return None


class ServiceFailedError(Exception):
    """A server of ours did not start. The message says which; `details` is what it said."""

    def __init__(self, message: str, details: str) -> None:
        super().__init__(message)
        self.details = details


class Services:
    """The services of one recording. As an asynchronous context manager it ends, with itself, those it has started."""

    def __init__(self, services: Iterable[Service]) -> None:
        self._services = {service.name: service for service in services}
        self._urls: dict[str, asyncio.Task[str]] = {}
        self._started: list[_Embedded] = []

    async def __aenter__(self) -> Services:
        for name, service in self._services.items():
            self._urls[name] = asyncio.create_task(self._url(service))
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._urls.values():
            task.cancel()
        await asyncio.gather(*self._urls.values(), return_exceptions=True)
        await asyncio.gather(*(server.stop() for server in self._started))

    async def variables(self, names: Iterable[str]) -> dict[str, str]:
        """What a program that needs the services `names` finds in its environment. Raises ServiceFailedError."""
        found = {}
        for name in names:
            url = await asyncio.shield(self._urls[name])
            if self._services[name].variable:
                found[self._services[name].variable] = url
        return found

    async def _url(self, service: Service) -> str:
        where = whereabouts(service)
        if where.found != "embedded":
            return where.url
        server = _Embedded(service)
        self._started.append(server)
        return await server.start()


class _Embedded:
    """A server that comes with a package, in a process and a folder of its own."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._folder = Path(tempfile.mkdtemp(prefix=f"runnable-{service.name}-"))
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> str:
        """Starts it; the URL at which it answers. Raises ServiceFailedError."""
        errors = self._folder / "errors"
        python = await asyncio.to_thread(_python, self._service.embedded) or own().executable
        with errors.open("wb") as stderr:
            self._process = await asyncio.create_subprocess_exec(
                *(str(python), "-m", self._service.embedded, str(self._folder)),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=stderr,
                start_new_session=os.name == "posix",
                cwd=self._folder,
                env={**os.environ, "PYTHONPATH": str(_ROOT)},
            )
        assert self._process.stdout is not None
        line = b""
        with contextlib.suppress(TimeoutError):
            line = await asyncio.wait_for(self._process.stdout.readline(), _TO_START)
        if not line:
            details = errors.read_text("utf-8", "replace").strip()
            raise ServiceFailedError(
                f"it needs {self._service.name}, which could not be started. "
                f"Start one yourself and name it in {self._service.variable}.",
                details,
            )
        return line.decode().strip()

    async def stop(self) -> None:
        """Ends it, and deletes what it kept."""
        if self._process is not None:
            assert self._process.stdin is not None
            self._process.stdin.close()
            try:
                await asyncio.wait_for(self._process.wait(), _TO_STOP)
            except TimeoutError:
                self._kill(self._process)
                await self._process.wait()
        await asyncio.to_thread(shutil.rmtree, self._folder, ignore_errors=True)

    def _kill(self, process: asyncio.subprocess.Process) -> None:
        with contextlib.suppress(ProcessLookupError):
            if sys.platform != "win32":
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
