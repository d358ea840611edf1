"""Programs run in Firefox's pages, too: one visit in which a reader does everything once."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path
from typing import Any

import pytest

from runnable.kit.kit import Kit
from runnable.project import in_ci
from tests.browser.bidi import Firefox, firefox
from tests.browser.test_confined import ASK, serving

# The second after Stop passes when the test says so.
PRELOAD = """
  const later = window.setTimeout.bind(window);
  window.seconds = [];
  window.setTimeout = (call, wait, ...rest) => (wait === 1000 ? window.seconds.push(call) : later(call, wait, ...rest));
  window.until = async (test, what) => {
    for (let tries = 0; tries < 6000; tries += 1) {
      const found = test();
      if (found) return found;
      await new Promise(kept => later(kept, 20));
    }
    throw new Error(`never: ${what}; ${document.querySelector(".run-about").textContent}`);
  };
  window.block = name => {
    const figure = [...document.querySelectorAll(".program")]
      .find(one => one.querySelector(".program-file").textContent === name);
    const press = async name => {
      const button = () => [...figure.querySelectorAll("button")].find(one => one.textContent === name && !one.hidden);
      (await until(button, name)).click();
    };
    const lines = () => [...figure.querySelectorAll(".run-own .program-line:not(.program-end)")].map(line =>
      [...line.childNodes].filter(node => node.nodeType === 3).map(node => node.data).join("").trimEnd());
    const seconds = () => [...figure.querySelectorAll(".run-own time")].map(time => parseFloat(time.textContent));
    const ended = async () => {
      await until(() => /^(Ended|Stopped)/.test(figure.querySelector(".run-status").textContent), "the end");
      return {
        lines: lines(), seconds: seconds(),
        notes: [...figure.querySelectorAll(".run-said")].map(note => note.textContent),
        provenance: figure.querySelector(".run-own .program-provenance").textContent,
        tasks: [...figure.querySelectorAll(".run-own .tl-name")].map(name => name.textContent),
        replays: figure.querySelectorAll(".run-own .replay-controls").length,
      };
    };
    const write = async text => {
      if (!figure.querySelector(".cm-content")) await press("Edit");
      (await until(() => figure.querySelector(".cm-content"), "the editor")).focus();
      document.execCommand("selectAll");
      document.execCommand("insertText", false, text);
    };
    return { figure, press, lines, ended, write };
  };
"""

SERVES = """\
import asyncio
import aiohttp
from aiohttp import web

async def hello(request):
    return web.Response(text="hi")

async def main():
    app = web.Application()
    app.router.add_get("/", hello)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 8080).start()
    async with aiohttp.ClientSession() as session:
        async with session.get("http://127.0.0.1:8080/") as answer:
            print(answer.status, await answer.text())
    await runner.cleanup()

asyncio.run(main())
"""
KITCHEN = ["rice: on", "beans: on", "beans: done", "rice: done"]
# What Firefox says when a worker is ended in a program that it has entered with a promise (JSPI), and not otherwise.
ENDED_IN_A_PROMISE = "uncaught exception: undefined"

PROBE = f"""
const ask = {ASK};
self.onmessage = async ({{ data }}) => postMessage(await ask(data));
"""


@pytest.fixture(scope="module")
def executable() -> str:
    path = next(filter(None, map(shutil.which, ("firefox-esr", "firefox"))), None)
    if path is None:
        if in_ci():
            pytest.fail("there is no Firefox: install it")
        pytest.skip("there is no Firefox")
    return path


@pytest.mark.timeout(300)
def test_a_reader_with_firefox_runs_stops_edits_and_shares(executable: str, kitchen: Path) -> None:
    async def visit(address: str) -> None:
        async with firefox(executable, PRELOAD) as one:
            await one.open(f"{address}/demo/kitchen/")
            await runs(one)
            await stops(one)
            await edits(one)
            assert {*one.complaints} <= {ENDED_IN_A_PROMISE}

    with serving(kitchen) as server:
        asyncio.run(visit(f"http://127.0.0.1:{server.server_port}"))


async def runs(one: Firefox) -> None:
    found = await one.script(
        """const { figure, press, lines, ended } = block("tea.py"), grown = new Set();
           const go = figure.querySelector(".run-go");
           new MutationObserver(() => go.textContent === "Stop" && grown.add(lines().length))
             .observe(figure, { subtree: true, childList: true, characterData: true });
           await press("Run");
           return { ...await ended(), grown: [...grown] };"""
    )
    assert found["lines"] == KITCHEN
    assert {2, 3} <= {*found["grown"]}, "output came at once, not as it was printed"
    assert found["seconds"] == sorted(found["seconds"])
    assert found["seconds"][2] >= 0.3
    assert found["seconds"][3] >= 0.6
    assert found["provenance"].startswith("your run, CPython 3.14.2 in this browser, ")
    assert found["tasks"][:3] == ["main", "cook", "cook"]
    assert found["replays"] == 1
    fast = await one.script(
        """const { figure, press, ended } = block("waits.py");
           figure.querySelector("select").value = "fast";
           await press("Run");
           return ended();"""
    )
    assert fast["lines"] == ["before", "cleaned up"]
    assert fast["seconds"][1] >= 3600


async def stops(one: Firefox) -> None:
    stop = """const { figure, press, lines, ended } = block(values[0]);
              figure.querySelector("select").value = "real";
              await press("Run");
              await until(() => lines().length, "the first line");
              await press("Stop");
              if (values[1]) (await until(() => seconds.splice(0).at(-1), "the wait for its end"))();
              return ended();"""
    told = await one.script("return typeof WebAssembly.Suspending === 'function'")
    waited = await one.script(stop, "waits.py", False)
    if told:
        assert waited["lines"][:2] == ["before", "cleaned up"]
        assert waited["notes"] == ["You stopped it."]
    else:
        assert waited["notes"][0].startswith("You stopped it. In this browser a program cannot be told")
    spun = await one.script(stop, "spins.py", told)
    assert spun["lines"] == ["before"]
    assert spun["notes"][0].startswith("You stopped it. ")
    assert spun["notes"][0].endswith(", so all of Python was ended: no finally block ran.")
    again = await one.script('const { press, ended } = block("tea.py"); await press("Run"); return ended();')
    assert sorted(again["lines"]) == sorted(KITCHEN)


async def edits(one: Firefox) -> None:
    found = await one.script(
        """const { figure, press, write, ended } = block("spins.py");
           await write(values[0]);
           await press("Run");
           const run = await ended();
           await press("Share");
           return { ...run, link: (await until(() => figure.querySelector(".run-link"), "the link")).value };""",
        SERVES,
    )
    assert found["lines"] == ["200 hi"]
    assert found["provenance"].endswith(", with your changes")
    await one.open("about:blank")
    await one.open(found["link"])
    text = await one.script(
        """const { figure } = block("spins.py");
           return (await until(() => figure.querySelector(".cm-content"), "the editor")).innerText;"""
    )
    assert text.startswith("import asyncio\nimport aiohttp\n")


@pytest.mark.timeout(300)
def test_a_worker_in_firefox_reaches_the_files_of_python_and_nothing_else(
    executable: str, kitchen: Path, python_for_pages: Kit, tmp_path: Path
) -> None:
    (tmp_path / "open.js").write_text("export {};\n", "utf-8")
    probe = kitchen / python_for_pages.ours.folder / "probe.js"
    probe.write_text(PROBE, "utf-8")

    async def visit(site: str, elsewhere: str) -> tuple[dict[str, Any], dict[str, Any]]:
        async with firefox(executable) as one:
            await one.open(f"{site}/demo/kitchen/")
            confined, free = await one.script(
                """const place = part =>
                     new URL(document.querySelector(`meta[name=runnable-${part}]`).content, document.baseURI).href;
                   const [probe, ask] = [place("ours") + "probe.js", [values[0], values[1], place("python")]];
                   const { confined } = await import(place("ours") + "cell.js");
                   const answer = worker => new Promise(kept => {
                     worker.onmessage = ({ data }) => kept(data);
                     worker.postMessage(ask);
                   });
                   return [
                     await answer(await confined(probe, [place("ours"), place("python")], "probe")),
                     await answer(new Worker(probe, { type: "module" })),
                   ];""",
                f"{elsewhere}/open.js",
                f"{site}/",
            )
            return confined, free

    try:
        with serving(kitchen) as own, serving(tmp_path) as other:
            addresses = [f"http://127.0.0.1:{server.server_port}" for server in (own, other)]
            confined, free = asyncio.run(visit(*addresses))
            asked = sorted(path.partition("?")[2] for path in other.asked)
    finally:
        probe.unlink()
    assert confined == {
        "python": 200, "elsewhere": "TypeError", "request": "NetworkError", "module": "TypeError",
        "nested": "TypeError", "page": "TypeError", "script": "TypeError", "text": "EvalError",
    }  # fmt: skip
    assert (free["python"], free["elsewhere"], free["page"], free["text"]) == (200, 200, 200, 1)
    # The other worker shows that all of this could have been done; it alone has come through.
    assert asked == ["fetch", "module", "nested", "request"]
