"""What may run in a page: what stood there when it was built, by its hash, and nothing else."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import bs4
import pytest

from runnable.finish import finish
from runnable.policy import scripts, with_policy

PAGE = """<!doctype html>
<html><head>
<meta charset="utf-8">
<title>Tea</title>
<script>one()</script>
<!-- <script>no()</script> -->
<script type="application/json">{"two": 2}</script>
<script src="tea.js"></script>
</head><body><script type=module>
  three("é")
</script></body></html>
"""


def hashed(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def of(page: str) -> dict[str, list[str]]:
    """The policy of a page, as a browser reads it."""
    metas = bs4.BeautifulSoup(page, "html5lib").find_all("meta", attrs={"http-equiv": "Content-Security-Policy"})
    assert len(metas) == 1
    rules = [rule.split() for rule in str(metas[0]["content"]).split(";")]
    return {rule[0]: rule[1:] for rule in rules}


def test_only_the_scripts_that_stand_in_a_page_may_run_there() -> None:
    rules = of(with_policy(PAGE))
    assert rules["default-src"] == ["'self'"]
    assert rules["object-src"] == rules["child-src"] == ["'none'"]
    assert sorted(rules["script-src"]) == sorted(
        ["'self'", "'wasm-unsafe-eval'", hashed("one()"), hashed('\n  three("é")\n')]
    )
    assert rules["worker-src"] == rules["connect-src"] == rules["frame-src"] == ["'self'"]


def test_scripts_that_are_data_or_a_comment_are_not_allowed_to_run() -> None:
    assert scripts(PAGE) == ["one()", '\n  three("é")\n']


def test_line_ends_are_those_a_browser_reads() -> None:
    assert hashed("a()\nb()\n") in of(with_policy("<head></head><script>a()\r\nb()\r\n</script>"))["script-src"]


def test_the_policy_comes_before_all_that_it_is_for() -> None:
    head = with_policy(PAGE).partition("<head>")[2].lstrip()
    assert re.match(r'<meta charset="utf-8">\s*<meta http-equiv="Content-Security-Policy"', head)


def test_a_server_that_writes_scripts_into_pages_may_do_so_and_nothing_else_changes() -> None:
    built, served = of(with_policy(PAGE)), of(with_policy(PAGE, inline=True))
    # A hash would make browsers ignore it.
    assert served.pop("script-src") == ["'self'", "'wasm-unsafe-eval'", "'unsafe-inline'"]
    del built["script-src"]
    assert served == built


def test_finishing_a_site_twice_is_finishing_it_once(tmp_path: Path) -> None:
    for name in ("index.html", "404.html", "tea/green/index.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(PAGE.replace("\n", "\r\n").encode())
    places = {"runnable-python": "assets/python/1/", "runnable-ours": "assets/python/ours/"}
    assert finish(tmp_path, places) == 3
    once = {path: path.read_bytes() for path in tmp_path.rglob("*.html")}
    where = {
        path.relative_to(tmp_path).as_posix(): re.findall(
            r'<meta name="(runnable-\w+)" content="([^"]*)">', page.decode()
        )
        for path, page in once.items()
    }
    assert where == {
        "index.html": [("runnable-python", "assets/python/1/"), ("runnable-ours", "assets/python/ours/")],
        "404.html": [("runnable-python", ""), ("runnable-ours", "")],
        "tea/green/index.html": [
            ("runnable-python", "../../assets/python/1/"),
            ("runnable-ours", "../../assets/python/ours/"),
        ],
    }
    finish(tmp_path, places)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.html")} == once
    finish(tmp_path, {})
    assert "runnable-" not in (tmp_path / "index.html").read_text("utf-8")


def test_every_page_of_the_site_allows_just_its_own_scripts_and_has_no_handlers(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 30
    for path in pages:
        text = path.read_bytes().decode()
        document = bs4.BeautifulSoup(text, "html5lib")
        own = {
            hashed(str(script.string))
            for script in document.find_all("script", src=False)
            if script.string and str(script.get("type", "")) not in {"application/json", "text/plain"}
        }
        allowed = of(text)["script-src"]
        assert {each for each in allowed if each.startswith("'sha256-")} == own, path
        assert not {"'unsafe-inline'", "'unsafe-eval'"} & set(allowed)
        for tag in document.find_all(True):
            handlers = [name for name in tag.attrs if name.startswith("on")]
            assert not handlers, f"{path}: <{tag.name}> has {handlers}"
            assert not str(tag.get("href", "")).startswith("javascript:"), path


@pytest.mark.parametrize("attributes", ["", ' lang="en" class="no-js"'])
def test_any_head_gets_it(attributes: str) -> None:
    assert "default-src" in of(with_policy(f"<!doctype html><html><head{attributes}><title>T</title></head></html>"))
