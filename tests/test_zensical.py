"""The blocks outlive MkDocs: the same mkdocs.yml gives the same blocks under Zensical, once programs are recorded."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import bs4
import pytest

from runnable.project import Project

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def zensical(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same site from a copy of the project, by Zensical; `site` has recorded the programs."""
    copy = tmp_path_factory.mktemp("zensical")
    for name in ("docs", "snippets", "pictures", "overrides", "requirements"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("mkdocs.yml", "pyproject.toml"):
        shutil.copy(ROOT / name, copy / name)
    environment = {**os.environ, "RUNNABLE_CACHE": str(Project.at(ROOT).cache)}
    recorder, builder = (
        [sys.executable, "-m", "runnable", "record"],
        [Path(sys.executable).with_name("zensical"), "build"],
    )
    for command in (recorder, builder):
        done = subprocess.run(
            command, cwd=copy, env=environment, capture_output=True, text=True, timeout=300, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
    return copy / "site"


def blocks(path: Path) -> list[str]:
    """The blocks of a page, without what MkDocs' search alone wants to know."""
    found = bs4.BeautifulSoup(path.read_text("utf-8"), "html5lib").find_all("figure", class_="program")
    for block in found:
        for tag in block.find_all(attrs={"data-search-exclude": True}):
            del tag["data-search-exclude"]
    return [str(block) for block in found]


def test_zensical_renders_the_same_blocks(site: Path, zensical: Path) -> None:
    compared = 0
    for path in sorted(site.rglob("index.html")):
        expected = blocks(path)
        assert blocks(zensical / path.relative_to(site)) == expected
        compared += len(expected)
    assert compared > 130


def test_zensical_publishes_the_programs_that_blocks_link_to(zensical: Path) -> None:
    links = 0
    for path in sorted(zensical.rglob("index.html")):
        document = bs4.BeautifulSoup(path.read_text("utf-8"), "html5lib")
        for block in document.find_all("figure", class_="program"):
            for link in block.find_all("a", href=lambda href: href and href.endswith(".py")):
                links += 1
                assert (path.parent / urlsplit(link["href"]).path).resolve().is_file(), link["href"]
    assert links > 130


def test_zensical_computes_tables_from_recordings(zensical: Path) -> None:
    text = (zensical / "first-programs" / "requests" / "index.html").read_text("utf-8")
    assert "First answer after" in text
    assert "recorded(" not in text
