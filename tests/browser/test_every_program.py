"""Every program of the guide that can run in the page prints its transcript there, in one worker, one after another."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from runnable.browser import support
from runnable.downloads import program_files
from runnable.project import Project
from runnable.snippet import Snippet
from tests.browser import runs
from tests.browser.conftest import Visit, module

RUN = """async ([address, base, requests]) => {
  const { Python } = await import(address);
  window.python ??= new Python(new URL(base, document.baseURI).href);
  const messages = [];
  for (const request of requests) {
    await window.python.ready();
    messages.push({ kind: "began" });
    messages.push(await window.python.run(request, message => message.kind === "wrote" && messages.push(message)));
  }
  return messages.map(({ trace, timeline, ...rest }) => JSON.stringify(rest));
}"""


@pytest.mark.parametrize("jspi", [True, False], ids=["jspi", "without_jspi"])
def test_every_program_prints_its_transcript_in_chromium(visit: Callable[..., Visit], jspi: bool) -> None:
    project = Project.at(runs.ROOT)
    programs = [Snippet.read(path, project) for path in program_files(project)]
    able = [each for each in programs if not support.reason(each)]
    assert len(able) > len(programs) / 2
    page = visit(jspi=jspi).page
    base = page.locator('meta[name="runnable-python"]').get_attribute("content")
    wrong = []
    for first in range(0, len(able), 20):
        some = able[first : first + 20]
        # What a page sends is what a page can send: JSON.
        requests = [json.loads(json.dumps(runs.request(each))) for each in some]
        found = page.evaluate(RUN, [module(page, "python.js"), base, requests])
        ends = [json.loads(text) for text in found if json.loads(text)["kind"] not in ("began", "wrote")]
        killed = [
            f"{each.place}: {end['note']}" for each, end in zip(some, ends, strict=True) if end["kind"] != "ended"
        ]
        assert not killed
        wrong += [what for each, run in zip(some, runs.read(found), strict=True) if (what := runs.differs(each, run))]
    assert not wrong, "\n\n".join(wrong)
