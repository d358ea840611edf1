"""The content security policy of every page: what a browser may load and execute there, and nothing else.

Scripts come from files of the site, or are those that stand in the page when the site is built, known by their hashes;
there are no inline handlers. All else comes from the site too. Styles may stand in the page: generators and pictures
put them there, and they cannot do anything. A frame is where the worker of programs is made, whose own policy is
narrower (`docs/assets/run/cell.js`).
"""

from __future__ import annotations

import base64
import hashlib
import html
import re

_RULES = {
    # Firefox goes by it when it fetches the next page ahead of time; all else has its own rule.
    "default-src": "'self'",
    "object-src": "'none'",
    "child-src": "'none'",
    "script-src": "'self' 'wasm-unsafe-eval'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data:",
    "media-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "frame-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'self'",
}
_SCRIPT = re.compile(r"<script\b(?P<attributes>[^>]*)>(?P<text>.*?)</script\s*>", re.DOTALL | re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"""\b(?P<name>src|type)\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<plain>[^\s"'>]+))"""
)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_EXECUTED = {"", "module", "text/javascript", "application/javascript", "importmap", "speculationrules"}
_META = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>\n?')


def with_policy(page: str, *, inline: bool = False) -> str:
    """The HTML of a page with its policy as the first thing in its head, in place of one that it has.

    Where `inline`, any script in it may run: a server that reloads pages writes one into each that it sends.
    """
    page = _META.sub("", page)
    content = html.escape(policy([] if inline else scripts(page), inline=inline), quote=True).replace("&#x27;", "'")
    meta = f'<meta http-equiv="Content-Security-Policy" content="{content}">\n'
    # A policy holds for what comes after it. Only what tells the encoding comes before.
    return re.sub(r"<head\b[^>]*>\s*(?:<meta charset=[^>]*>\s*)?", lambda match: match[0] + meta, page, count=1)


def policy(texts: list[str], *, inline: bool = False) -> str:
    """The policy of a page with these scripts in it."""
    allowed = ["'unsafe-inline'"] if inline else sorted({_hash(text) for text in texts})
    rules = {**_RULES, "script-src": " ".join([_RULES["script-src"], *allowed])}
    return "; ".join(f"{name} {values}" for name, values in rules.items())


def scripts(page: str) -> list[str]:
    """The texts of the scripts that stand in a page and are executed."""
    found = []
    for match in _SCRIPT.finditer(_COMMENT.sub("", page)):
        attributes = {
            each["name"].lower(): each["double"] or each["single"] or each["plain"] or ""
            for each in _ATTRIBUTE.finditer(match["attributes"])
        }
        if "src" not in attributes and attributes.get("type", "").lower() in _EXECUTED:
            found.append(match["text"])
    return found


def _hash(text: str) -> str:
    # A browser reads line ends in one way, however they are written.
    data = text.replace("\r\n", "\n").replace("\r", "\n").encode()
    return f"'sha256-{base64.b64encode(hashlib.sha256(data).digest()).decode()}'"
