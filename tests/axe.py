"""What axe-core finds in a page that breaks the rules of WCAG 2.2, levels A and AA."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.npm import package

_RUN = """async () => {
  const values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
  const found = await axe.run(document, { runOnly: { type: "tag", values }, resultTypes: ["violations", "passes"] });
  const told = found.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.target.join(" ")}`));
  return [found.passes.map(rule => rule.id), told];
}"""


def violations(page: Page) -> list[str]:
    """Each as `rule: where`. What axe-core cannot decide by itself is not among them."""
    page.evaluate((package("axe-core") / "axe.min.js").read_text("utf-8"))
    passed, found = page.evaluate(_RUN)
    assert {"color-contrast", "button-name", "link-name", "html-has-lang"} <= set(passed), "it did not look"
    assert isinstance(found, list)
    return found
