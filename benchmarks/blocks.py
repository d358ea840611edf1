"""Waiting programs as blocks of markdown-exec: `python -m benchmarks.blocks 10` prints the seconds they take.

Only the conversion of the Markdown is counted, not the start of Python nor of MkDocs: to markdown-exec's advantage.
"""

from __future__ import annotations

import sys
import time

import markdown
import markdown_exec

from benchmarks.trial import WAITS


def convert(count: int) -> float:
    """Converts a page of `count` blocks and returns how many seconds that took."""
    # The fence that markdown-exec's plugin for MkDocs registers.
    fence = {
        "name": "python",
        "class": "python",
        "validator": markdown_exec.validator,
        "format": markdown_exec.formatter,
    }
    converter = markdown.Markdown(
        extensions=["pymdownx.superfences"], extension_configs={"pymdownx.superfences": {"custom_fences": [fence]}}
    )
    page = "".join(
        f'```python exec="true"\n{WAITS.source.replace("{number}", str(number))}```\n\n' for number in range(count)
    )
    began = time.perf_counter()
    html = converter.convert(page)
    seconds = time.perf_counter() - began
    done = sum(WAITS.output.replace("{number}", str(number)).strip() in html for number in range(count))
    if done < count:
        sys.exit(f"only {done} of {count} blocks were executed: {html[:500]}")
    return seconds


if __name__ == "__main__":
    print(convert(int(sys.argv[1])))
