"""All that is published for programs that run in the page, and where."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from runnable.kit import node, ours
from runnable.kit.library import our_modules, runtime
from runnable.kit.stage import digest, stage
from runnable.kit.wheels import Wheel, wheels
from runnable.project import Project

HERE = Path(__file__).parent

PYODIDE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm")
"""The files of the package that are published as they are."""


@dataclass(frozen=True)
class Part:
    """Files that change together, by their paths below a folder of their own on the site."""

    name: str
    files: Mapping[str, Path]

    @cached_property
    def folder(self) -> str:
        """Where it is on the site, as a URL relative to its root. It changes when a byte of it does, and only then."""
        contents = (each for name, path in sorted(self.files.items()) for each in (name, path.read_bytes()))
        return f"assets/python/{self.name}-{digest(contents)}/"


@dataclass(frozen=True)
class Kit:
    """`runtime` is what others made, and large; `ours` is what changes with this project, and small."""

    runtime: Part
    ours: Part

    @property
    def files(self) -> dict[str, Path]:
        """All files, by their paths below the folder of their part."""
        return {**self.runtime.files, **self.ours.files}

    @property
    def places(self) -> dict[str, str]:
        """The folder of each part, by the name of the meta element in which a page says where it is."""
        return {"runnable-python": self.runtime.folder, "runnable-ours": self.ours.folder}

    @cached_property
    def published(self) -> dict[str, Path]:
        """Each file by its path on the site."""
        return {part.folder + name: path for part in (self.runtime, self.ours) for name, path in part.files.items()}


def kit(project: Project, report: node.Report = lambda _: None) -> Kit:
    """What there is to publish. What is not in the cache yet is got and made; `report` is told. Raises KitError."""
    cache = project.cache / "browser"
    packages = node.packages(cache, report)
    found = wheels(project, cache, report)
    folders = [
        runtime(cache, packages, found, report),
        _editor(cache, packages, report),
        _texts(cache, packages, found),
    ]
    files = {name: packages / "pyodide" / name for name in PYODIDE}
    for folder in folders:
        files |= _within(folder)
    own = {**_within(our_modules(cache, packages, report)), **ours.page_files()}
    return Kit(Part(node.pyodide_version(), files), Part("ours", own))


def _within(folder: Path) -> dict[str, Path]:
    return {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}


def _editor(cache: Path, packages: Path, report: node.Report) -> Path:
    entry = HERE / "editor.mjs"

    def make(folder: Path) -> None:
        report("packing the editor")
        source = packages.parent / "editor.mjs"
        source.write_bytes(entry.read_bytes())  # Its imports are found from where it lies.
        node.run(
            packages / "esbuild" / "bin" / "esbuild", source, "--bundle", "--format=esm", "--minify",
            "--target=es2022", "--legal-comments=none", "--charset=utf8", "--log-level=error",
            f"--outfile={folder / 'editor.js'}", cwd=packages.parent,
        )  # fmt: skip

    return stage(cache, "editor", [node.LOCK.read_bytes(), entry.read_bytes(), Path(__file__).read_bytes()], make)


def _texts(cache: Path, packages: Path, found: list[Wheel]) -> Path:
    def make(folder: Path) -> None:
        lock = json.loads((packages / "pyodide" / "pyodide-lock.json").read_text("utf-8"))
        # Of the packages that it names none is on the site; with them, an import would be told to install one.
        (folder / "pyodide-lock.json").write_text(json.dumps({"info": lock["info"], "packages": {}}), "utf-8")
        (folder / "licenses.txt").write_text(_licenses(packages, found), "utf-8")

    parts: list[bytes | str] = [
        node.LOCK.read_bytes(),
        *(each.path.name for each in found),
        Path(__file__).read_bytes(),
    ]
    return stage(cache, "texts", parts, make)


def _licenses(packages: Path, found: list[Wheel]) -> str:
    parts = ("@codemirror/", "@lezer/", "@marijn/", "style-mod", "w3c-keyname", "crelt")
    said = [
        "Programs in these pages run on Pyodide, which is CPython for WebAssembly. CPython and its library are under\n"
        "the PSF License Version 2, Pyodide under the Mozilla Public License 2.0. The licenses of the wheels lie in "
        f"them: {', '.join(each.path.name for each in found)}.\n\nThe editor is made of these packages:\n"
    ]
    for file in sorted(packages.rglob("package.json")):
        table = json.loads(file.read_text("utf-8"))
        name, text = table.get("name", ""), file.with_name("LICENSE")
        if text.is_file() and name.startswith(parts):
            said.append(f"\n{name} {table['version']}\n\n{text.read_text('utf-8')}")
    return "".join(said)
