"""Which services the programs need, where each is found, and how to start what is missing, for a person to read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from runnable.project import Project, address
from runnable.services import Whereabouts, whereabouts
from runnable.snippet import Snippet

_WAYS = {"debian": "Debian", "macos": "macOS", "compose": "compose"}


def inventory(project: Project, snippets: Iterable[Snippet]) -> tuple[str, bool]:
    """The text, and whether all that is needed is there."""
    needed_by: dict[str, int] = dict.fromkeys(project.services, 0)
    for snippet in snippets:
        for name in snippet.header.services:
            if name in needed_by:  # `make record` tells of one that nobody has declared
                needed_by[name] += 1
    found = [whereabouts(service) for service in project.services.values()]
    lines = [line for where in found for line in _entry(where, needed_by[where.service.name])]
    missing = [where.service.name for where in found if where.missing and needed_by[where.service.name]]
    return "\n".join([*lines, "", _sum(missing)]), not missing


def _entry(where: Whereabouts, programs: int) -> Sequence[str]:
    service = where.service
    head = f"{service.name}, needed by {programs} program{'' if programs == 1 else 's'}: {_found(where)}"
    if not where.missing:
        return [head]
    width = max(map(len, _WAYS.values()), default=0) + 1
    ways = [f"  {_WAYS[way] + ':':<{width}} {command}" for way, command in service.ways.items()]
    elsewhere = [f"  or name one that runs elsewhere in {service.variable}"] if service.variable else []
    return [head, *ways, *elsewhere]


def _found(where: Whereabouts) -> str:
    if where.found == "embedded":
        return "comes with a package; started for each recording"
    try:
        host, port = address(where.url)  # without the password in its URL
    except ValueError as error:
        return f"missing; {where.service.variable} is of no use: {error}"
    if where.missing:
        return f"missing; nothing answers at {host}:{port}"
    told = f", which {where.service.variable} names" if where.found == "environment" else ""
    return f"found at {host}:{port}{told}"


def _sum(missing: Sequence[str]) -> str:
    if not missing:
        return "All that is needed is there."
    return f"Missing: {', '.join(missing)}. Blocks of programs that need it show the committed transcript."
