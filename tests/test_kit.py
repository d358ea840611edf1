"""What runs programs in the reader's browser is made from pinned parts, and works in the Python that it is for."""

from __future__ import annotations

import ast
import gzip
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from runnable.browser.support import WHEELS, reason
from runnable.kit import kit as kits
from runnable.kit import library, node, offer, ours
from runnable.kit.kit import Kit, kit
from runnable.kit.problem import KitError
from runnable.kit.stage import stage
from runnable.kit.wheels import pinned
from runnable.problem import ProblemsError
from runnable.project import Project
from runnable.snippet import find_snippets

ROOT = Path(__file__).resolve().parents[1]
PROJECT = Project.at(ROOT)

LOAD = """
import { readFileSync } from "node:fs";
const [folder, version] = process.argv.slice(2);
const { loadPyodide } = await import(`${folder}/pyodide.mjs`);
const python = await loadPyodide({ indexURL: `${folder}/`, stdout: console.log, stderr: console.error });
const put = (name, path) => python.FS.writeFile(path, new Uint8Array(readFileSync(`${folder}/${name}`)));
put("ours.zip", "/lib/ours.zip");
python.FS.mkdir("/lib/wheels");
const path = ["/lib/ours.zip"];
for (const { file } of Object.values(JSON.parse(readFileSync(`${folder}/wheels.json`)))) {
  put(`wheels/${file}`, `/lib/wheels/${file}`);
  path.push(`/lib/wheels/${file}`);
}
python.globals.set("path_", JSON.stringify(path));
python.runPython(readFileSync(`${folder}/check.py`, "utf-8"));
"""

CHECK = """
import importlib, json, sys, traceback, types
sys.path[:0] = json.loads(path_)

def origin(name):
    module = importlib.import_module(name)
    return module.__spec__.origin

def lines(function, *args):
    try:
        function(*args)
    except Exception as error:
        return [(frame.filename, bool(frame.line)) for frame in traceback.extract_tb(error.__traceback__)][1:]

import asyncio, json.decoder, aiohttp, yarl
from runnable.browser import frames
print("RESULT", json.dumps({
    "version": sys.version.split()[0],
    "compiled": {
        name: origin(name)
        for name in ("asyncio.tasks", "enum", "aiohttp.client", "yarl", "runnable.browser.host", "runnable.timeline")
    },
    "source": origin("mailbox"),
    "asyncio": lines(asyncio.Runner(debug=None).run, 1),
    "aiohttp": lines(yarl.URL, 1),
    "ours": frames.is_ours(frames.is_ours.__code__),
    "missing": lines(importlib.import_module, "numpy") is not None,
}))
try:
    import numpy
except ImportError as error:
    print("MISSING", error)
"""


@pytest.fixture(scope="module")
def made() -> Kit:
    return kit(PROJECT)


@pytest.fixture(scope="module")
def laid_out(made: Kit, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its files as they lie on the site."""
    folder = tmp_path_factory.mktemp("kit")
    for name, path in made.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(path.read_bytes())
    return folder


@pytest.mark.timeout(600)
def test_what_is_published_imports_without_compiling_in_the_python_of_the_page(laid_out: Path) -> None:
    (laid_out / "check.py").write_text(CHECK, "utf-8")
    (laid_out / "load.mjs").write_text(LOAD, "utf-8")
    said = node.run(laid_out / "load.mjs", laid_out, cwd=laid_out)
    result = json.loads(re.findall(r"^RESULT (.*)$", said, re.MULTILINE)[0])
    assert result["version"].startswith("3.14.")
    for name, origin in result["compiled"].items():
        assert origin.endswith(".pyc"), f"{name} was compiled in the page: {origin}"
    # It is not needed by programs of the guide, but it is there.
    assert result["source"] == "/lib/python314.zip/mailbox.py"
    assert result["asyncio"] == [["/lib/python314.zip/asyncio/runners.py", True]]
    assert result["aiohttp"] == [["/lib/python3.14/site-packages/yarl/_url.py", False]]
    assert result["ours"] is True
    assert "MISSING No module named 'numpy'\n" in said


def test_the_library_keeps_every_module(made: Kit) -> None:
    packages = node.packages(PROJECT.cache / "browser")
    with zipfile.ZipFile(packages / "pyodide" / "python_stdlib.zip") as archive:
        whole = {name.removesuffix(".py") for name in archive.namelist() if name.endswith(".py")}
    with zipfile.ZipFile(made.files["python_stdlib.zip"]) as archive:
        names = archive.namelist()
    assert {name.removesuffix("c").removesuffix(".py") for name in names if name.endswith((".py", ".pyc"))} == whole
    assert len(names) == len(set(names))
    assert {"asyncio/base_events.py", "asyncio/base_events.pyc"} <= set(names)


def test_the_wheels_are_those_that_programs_may_depend_on_and_what_these_need(made: Kit) -> None:
    table = json.loads(made.files["wheels.json"].read_text("utf-8"))
    needed = set(WHEELS).union(*(table[name]["needs"] for name in WHEELS))
    assert set(table) == needed
    assert {"yarl", "idna", "attrs", "frozenlist"} <= set(table["aiohttp"]["needs"])
    assert table["attrs"]["imports"] == ["attr", "attrs"]
    assert {f"wheels/{entry['file']}" for entry in table.values()} == {
        name for name in made.files if name.startswith("wheels/")
    }


def test_what_programs_of_the_guide_import_is_compiled(made: Kit) -> None:
    with zipfile.ZipFile(made.files["python_stdlib.zip"]) as archive:
        names = set(archive.namelist())
    imported: dict[str, str] = {}
    for snippet in find_snippets(PROJECT)[0]:
        if reason(snippet):
            continue
        for tree in ast.walk(ast.parse(snippet.source)):
            if isinstance(tree, ast.Import):
                imported |= {each.name: snippet.place for each in tree.names}
            elif isinstance(tree, ast.ImportFrom) and tree.module:
                imported[tree.module] = snippet.place
    assert len(imported) > 10
    for name, place in imported.items():
        file = name.replace(".", "/")
        sources = {f"{file}.py", f"{file}/__init__.py"} & names
        assert not sources or {f"{each}c" for each in sources} <= names, f"{place} imports {name}: name it in PROGRAMS"


def test_ours_is_what_the_host_imports_and_nothing_of_the_build(made: Kit) -> None:
    names = set(ours.sources())
    assert {"runnable/__init__.py", "runnable/browser/host.py", "runnable/tracer.py", "runnable/timeline.py"} <= names
    assert not {name for name in names if name.startswith("runnable/kit/")} | {"runnable/browser/support.py"} & names
    with zipfile.ZipFile(made.files["ours.zip"]) as archive:
        assert set(archive.namelist()) == {f"{name}c" for name in names}


def test_a_module_that_needs_more_than_the_library_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ours, "BEGIN", "runnable.process")
    with pytest.raises(KitError, match=r"^runnable/process\.py imports psutil, which there is not in the page$"):
        ours.sources()


def test_it_is_not_made_again_and_needs_no_network_then(made: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*arguments: object, **options: object) -> None:
        raise AssertionError(f"something was executed: {arguments}")

    monkeypatch.setattr("subprocess.run", never)
    again = kit(PROJECT)
    assert again == made
    assert all(path.is_file() for path in again.files.values())


def test_a_module_of_ours_that_changed_leaves_the_large_files_where_they_were(
    made: Kit, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = ours.sources()
    host = "runnable/browser/host.py"
    monkeypatch.setattr(ours, "sources", lambda: {**sources, host: f"{sources[host]}\nCHANGED = True\n"})
    changed = kit(PROJECT)
    assert changed.runtime.folder == made.runtime.folder
    assert changed.ours.folder != made.ours.folder
    assert made.files["ours.zip"].read_bytes() != changed.files["ours.zip"].read_bytes()


def test_a_script_of_the_page_that_changed_leaves_the_large_files_where_they_were(
    made: Kit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in ours.page_files().values():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(ours, "PAGE", tmp_path)
    assert kit(PROJECT).places == made.places
    (tmp_path / "worker.js").write_bytes((tmp_path / "worker.js").read_bytes() + b"\n")
    assert kit(PROJECT).runtime.folder == made.runtime.folder
    assert kit(PROJECT).ours.folder != made.ours.folder


def test_a_wheel_that_changed_moves_the_large_files_alone(
    made: Kit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [name for name in made.runtime.files if name.startswith("wheels/") or name == "python_stdlib.zip"]
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(made.files[name].read_bytes())
    (tmp_path / "wheels.json").write_bytes(made.files["wheels.json"].read_bytes())
    monkeypatch.setattr(kits, "runtime", lambda *_: tmp_path)
    assert kit(PROJECT).places == made.places
    with (tmp_path / names[-1]).open("ab") as wheel:
        wheel.write(b"\0")
    assert kit(PROJECT).ours.folder == made.ours.folder
    assert kit(PROJECT).runtime.folder != made.runtime.folder
    assert made.runtime.folder.startswith(f"assets/python/{node.pyodide_version()}-")


def test_the_weight_stays_what_readers_were_promised(made: Kit) -> None:
    # Archives are compressed already; a host compresses the rest on the way, at least as well as at level 6.
    def weight(*names: str) -> int:
        return sum(len(gzip.compress(made.files[name].read_bytes(), 6)) for name in names)

    first = weight("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "ours.zip")
    wheels = weight(*(name for name in made.files if name.startswith("wheels/")))
    assert weight(*made.ours.files) < 180_000  # is loaded again after a change of ours
    assert first < 7_500_000
    assert first + wheels < 8_100_000
    assert weight("editor.js") < 130_000


def test_the_lock_names_no_host_and_holds_a_hash_for_everything() -> None:
    lock = node.LOCK.read_text("utf-8")
    assert "://" not in re.sub(r'"(?:url|funding)": .*', "", lock)
    packages = json.loads(lock)["packages"]
    assert all(entry.get("integrity", "").startswith("sha512-") for name, entry in packages.items() if name)


def test_pins_are_read_whatever_they_are_for() -> None:
    text = "a.b==1 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb\nC==2 ; os_name == 'nt' \\\n    --hash=sha256:cc\n"
    assert pinned(text) == {
        "a-b": "a.b==1 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb",
        "c": "C==2 \\\n    --hash=sha256:cc",
    }


def test_a_stage_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    def half(folder: Path) -> None:
        (folder / "half").write_text("of it")
        raise KitError("no network")

    with pytest.raises(KitError):
        stage(tmp_path, "tea", ["green"], half)
    assert [path.name for path in tmp_path.iterdir()] == ["tea.lock"]
    folder = stage(tmp_path, "tea", ["green"], lambda new: (new / "cup").write_text("full"))
    assert (folder / "cup").read_text() == "full"
    assert stage(tmp_path, "tea", ["green"], half) == folder
    assert stage(tmp_path, "tea", ["black"], lambda new: None) != folder


@pytest.fixture
def unreachable(make_project: Callable[[dict[str, str | bytes]], Project], monkeypatch: pytest.MonkeyPatch) -> Project:
    def fail(*_: object) -> Path:
        raise KitError("Node ended with exit status 1", "npm error network")

    monkeypatch.setattr(kits.node, "packages", fail)
    monkeypatch.setattr(offer, "_missed", set())
    return make_project({"pyproject.toml": "[tool.runnable]\nbrowser = true\n"})


MESSAGE = """\
runnable/kit: programs cannot be offered to run in the browser: Node ended with exit status 1. Is there a network? \
Once it is made, none is needed. “python -m runnable browser” tries it again; without it, pages show recordings alone.
    npm error network"""


def test_without_a_network_a_build_warns_once_and_goes_on(
    unreachable: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CI", "")
    assert offer.offered(unreachable, print) is None
    assert offer.offered(unreachable, print) is None
    assert capsys.readouterr().err == f"WARNING: {MESSAGE}\n"


def test_without_a_network_ci_fails(unreachable: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(ProblemsError) as raised:
        offer.offered(unreachable, print)
    assert str(raised.value) == MESSAGE


def test_a_project_that_does_not_want_it_gets_nothing(
    make_project: Callable[[dict[str, str | bytes]], Project],
) -> None:
    assert offer.offered(make_project({}), print) is None


def test_sources_are_kept_where_errors_of_lessons_pass(made: Kit) -> None:
    with zipfile.ZipFile(made.files["python_stdlib.zip"]) as archive:
        names = set(archive.namelist())
    both = {name for name in names if f"{name}c" in names}
    assert both
    assert all(name.startswith(library.SOURCES) for name in both)
