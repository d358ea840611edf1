"""What a reader is told of the machine."""

from __future__ import annotations

import platform
import re

from runnable import machine


def test_the_machine_is_told_with_its_cores_and_its_system() -> None:
    told = machine.described()
    match = re.fullmatch(r"(.+), (\d+) cores?, (\w+) (\w+)", told)
    assert match, told
    assert match[1] == machine.cpu()
    assert int(match[2]) == machine.cores() >= 1
    assert (match[3], match[4]) == (platform.system(), platform.machine())
