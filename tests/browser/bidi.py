"""Firefox, told what to do by WebDriver BiDi: its own protocol, over a WebSocket.

Playwright drives Chromium here, but it cannot drive Debian's Firefox: it sends a command that Firefox 153 does not know
(`emulation.setMediaFeaturesOverride`). What other libraries need for Firefox, geckodriver, Debian does not have.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from tempfile import TemporaryDirectory
from typing import Any

import aiohttp


class BidiError(Exception):
    """Firefox could not be started, or a script in its page raised."""


class Firefox:
    """A page in a Firefox of its own, and what its console said that was a complaint."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.complaints: list[str] = []
        self._socket = socket
        self._numbers = itertools.count(1)
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._page = ""

    async def begin(self, preload: str) -> None:
        """Opens a session. In each page that is opened, the body of a function, `preload`, is executed first."""
        await self.command("session.new", capabilities={})
        await self.command("session.subscribe", events=["log.entryAdded"])
        await self.command("script.addPreloadScript", functionDeclaration=f"() => {{ {preload} }}")
        self._page = (await self.command("browsingContext.getTree"))["contexts"][0]["context"]

    async def hear(self) -> None:
        """Hears what the browser says, until it says no more."""
        async for message in self._socket:
            said = json.loads(message.data)
            if "id" in said:
                self._answers.pop(said["id"]).set_result(said)
            elif said.get("method") == "log.entryAdded" and said["params"]["level"] in {"error", "warn"}:
                self.complaints.append(said["params"]["text"])
        for answer in self._answers.values():
            answer.set_exception(BidiError("Firefox has ended"))

    async def command(self, method: str, **params: Any) -> dict[str, Any]:
        """What Firefox answers to a command. Raises BidiError where that is an error."""
        number = next(self._numbers)
        self._answers[number] = asyncio.get_running_loop().create_future()
        await self._socket.send_json({"id": number, "method": method, "params": params})
        answer = await self._answers[number]
        if answer["type"] == "error":
            raise BidiError(f"{method}: {answer['error']}: {answer['message']}")
        result: dict[str, Any] = answer["result"]
        return result

    async def open(self, address: str) -> None:
        """Goes to a page."""
        await self.command("browsingContext.navigate", context=self._page, url=address, wait="complete")

    async def script(self, body: str, *values: object) -> Any:
        """What the body of an asynchronous function, called with `values`, returns in the page."""
        answer = await self.command(
            "script.evaluate",
            expression=f"(async (...values) => JSON.stringify(await (async () => {{ {body} }})()))(...{json.dumps(values)})",  # noqa: E501
            target={"context": self._page},
            awaitPromise=True,
            userActivation=True,
        )
        if answer["type"] == "exception":
            raise BidiError(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"].get("value", "null"))


@asynccontextmanager
async def firefox(executable: str, preload: str = "") -> AsyncIterator[Firefox]:
    """A Firefox without a window, with a profile of its own."""
    with TemporaryDirectory(prefix="firefox-", ignore_cleanup_errors=True) as profile:
        process = await asyncio.create_subprocess_exec(
            executable, "--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0",
            stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE, env={**os.environ, "HOME": profile},
        )  # fmt: skip
        assert process.stderr
        found, said = None, []
        while not found:
            line = (await process.stderr.readline()).decode()
            if not line:
                raise BidiError(f"Firefox did not start: {''.join(said)}")
            said.append(line)
            found = re.search(r"WebDriver BiDi listening on (ws://\S+)", line)
        rest = asyncio.create_task(process.stderr.read())
        async with (
            aiohttp.ClientSession() as session,
            session.ws_connect(f"{found[1]}/session", max_msg_size=0) as socket,
        ):
            one = Firefox(socket)
            hearing = asyncio.create_task(one.hear())
            try:
                await one.begin(preload)
                yield one
                await one.command("browser.close")
            finally:
                if process.returncode is None:
                    try:
                        await asyncio.wait_for(process.wait(), 10)
                    except TimeoutError:
                        process.kill()
                hearing.cancel()
                await process.wait()
                await rest
