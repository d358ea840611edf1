# /// script
# requires-python = ">=3.15"
# [tool.runnable]
# alone = true
# timeout = 60
# ///
import json
import subprocess
import sys
from pathlib import Path

PROGRAM = Path(__file__).parent / "slow_report.py"
MODES = {
    "sampling": [],
    "sampling, running tasks": ["--async-aware"],
    "sampling, all tasks": ["--async-aware", "--async-mode", "all"],
}

for tool, options in MODES.items():
    profiler = [sys.executable, "-m", "profiling.sampling", "run", *options, "--collapsed", "-o", "stacks.txt"]
    subprocess.run([*profiler, PROGRAM], check=True, capture_output=True, timeout=30)
    # A line is a stack, its frames separated by semicolons, and how many samples found it.
    stacks = [line.rsplit(" ", 1) for line in Path("stacks.txt").read_text("utf-8").splitlines()]
    for name in ("fetch", "count", "save"):
        samples = sum(int(number) for stack, number in stacks if f".py:{name}:" in stack)
        # One sample a millisecond.
        print(json.dumps({"tool": tool, "function": name, "samples": samples, "seconds": samples / 1000}))
