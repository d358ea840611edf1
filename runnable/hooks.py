"""MkDocs calls these: they record before every build, and stop it where something is wrong.

Everything else is in the recorder and in the Markdown extension, which know nothing of MkDocs.
"""

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import Any, Literal

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import BuildError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from runnable.claim import port_holder
from runnable.downloads import GENERATED, downloads
from runnable.finish import finish
from runnable.kept import Kept
from runnable.kit.kit import Kit
from runnable.kit.offer import offered
from runnable.problem import ProblemsError
from runnable.project import Project
from runnable.record import Outcome
from runnable.recording import Absence
from runnable.survey import Survey, survey

log = logging.getLogger("mkdocs.hooks.runnable")

_EXTENSION = "runnable.markdown"
_PICTURES = "runnable.drawing"
_UNSEARCHED = re.compile("<!--unsearched-->.*?<!--/unsearched-->", re.DOTALL)
_TAKEN = re.compile(r"<!--unsearched (\d+)-->")
_MOST_KEPT = 5_000
_taken: dict[str, list[str]] = {}
_looked = False
_command: Literal["build", "gh-deploy", "serve"] = "build"
_kit: Kit | None = None


def on_startup(command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    """Remembers whether this is a server, which lives on when something is wrong."""
    del dirty
    global _command  # noqa: PLW0603 - MkDocs gives hooks no other place to remember it
    _command = command


def on_config(config: MkDocsConfig) -> None:
    """Looks, before anything is run for it, whether a server will have its port."""
    global _looked  # noqa: PLW0603 - as above; it is ours from then on
    if _command == "serve" and not _looked:
        _looked = True
        port = config.dev_addr.port
        if holder := port_holder(port):
            raise BuildError(f"port {port} is taken by {holder}. End that, or serve at another: make serve PORT=8001")


def on_pre_build(config: MkDocsConfig) -> None:
    """Records what is stale. This is before MkDocs cleans the site, so a build that stops here leaves the old one."""
    found = survey(_project(config), report=_report)
    log.info("Recordings: %s", found)
    for outcome in found.outcomes:
        if isinstance(outcome.entry, Absence):
            log.info("%s: its page shows the transcript, since %s", outcome.snippet.place, outcome.entry.reason)
    _hand_over(config, found)
    if not found.problems:
        _get_kit(config)
        return
    if _command != "serve":
        raise BuildError("\n\n".join(map(str, found.problems)))
    for problem in found.problems:
        log.error("%s", problem)
    _get_kit(config)


def _get_kit(config: MkDocsConfig) -> None:
    global _kit  # noqa: PLW0603 - MkDocs gives hooks no other place to remember it
    try:
        _kit = offered(_project(config), lambda sentence: log.info("Python for the browser: %s", sentence))
    except ProblemsError as error:
        raise BuildError(str(error)) from error


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Publishes every program beside the pages, for the links in its block, and what runs programs in the page."""
    for copy in [file for file in files if file.src_uri.startswith(GENERATED)]:
        files.remove(copy)  # made for Zensical by `python -m runnable record`, some time ago
    for uri, path in downloads(_project(config), _kit).items():
        files.append(File.generated(config, uri, abs_src_path=str(path)))
    return files


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Takes out of a page, until `on_post_page`, what its search need not read: most of it, and slow to read."""
    del config, files
    taken: list[str] = []

    def take(found: re.Match[str]) -> str:
        taken.append(found[0])
        return f"<!--unsearched {len(taken) - 1}-->"

    kept = _UNSEARCHED.sub(take, html)
    _taken[page.file.src_uri] = taken
    return kept


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Puts it back."""
    del config
    taken = _taken.pop(page.file.src_uri, [])
    return _TAKEN.sub(lambda found: taken[int(found[1])], output)


def on_post_build(config: MkDocsConfig) -> None:
    """Says in every page what may run in it, and where Python for it is; drops what was kept for pages long gone."""
    Kept(_project(config)).sweep(_MOST_KEPT)
    # The server writes a script of its own into every page that it sends.
    finish(Path(config.site_dir), _kit.places if _kit else {}, inline=_command == "serve")


def _project(config: MkDocsConfig) -> Project:
    return Project.at(Path(config.config_file_path or ".").parent)


def _hand_over(config: MkDocsConfig, found: Survey) -> None:
    """Tells the extension where the project is and, in a server, which blocks show an error in their place."""
    settings: dict[str, Any] = config.mdx_configs.setdefault(_EXTENSION, {})
    settings["root"] = str(_project(config).root)
    settings["lenient"] = _command == "serve"
    if _PICTURES in config.markdown_extensions:
        config.mdx_configs[_PICTURES] = {name: settings[name] for name in ("root", "lenient")}
    settings["problems"] = {slug: "\n\n".join(map(str, problems)) for slug, problems in found.by_slug.items()}


def _report(outcome: Outcome, of: int) -> None:
    del of
    if outcome.ran:
        log.info("Ran %s in %.2f s", outcome.snippet.place, outcome.seconds)
