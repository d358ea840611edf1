"""A result: what was measured and where, as a table on the terminal, as results.json and as RESULTS.md."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from statistics import median

from rich import box
from rich.table import Table

from benchmarks.claim import Claim, Measurement
from benchmarks.machine import Machine

FOLDER = Path(__file__).parent
JSON = FOLDER / "results.json"
MARKDOWN = FOLDER / "RESULTS.md"

_BUSY = 0.05
"""The share of all cores used by other programs from which on a reader is warned."""


@dataclass(frozen=True)
class Result:
    """One run of the benchmarks."""

    machine: Machine
    measurements: tuple[Measurement, ...]

    def dumps(self) -> str:
        """The text of results.json."""
        entries = [measurement.as_json() for measurement in self.measurements]
        return (
            json.dumps({"machine": asdict(self.machine), "measurements": entries}, indent=2, ensure_ascii=False) + "\n"
        )

    @classmethod
    def loads(cls, text: str, claims: Sequence[Claim]) -> Result:
        """The opposite of `dumps`."""
        values = json.loads(text)
        measurements = (Measurement.from_json(entry, claims) for entry in values["measurements"])
        return cls(Machine(**values["machine"]), tuple(measurements))

    def with_anew(self, other: Result, claims: Sequence[Claim]) -> Result:
        """This result with what the other has measured in the place of the same claims, in the order of `claims`.

        What could not be measured takes nothing's place.

        Raises ValueError where the other was measured on another machine, or with another Python.
        """
        mine, its = ((each.machine.cpu, each.machine.cores, each.machine.python) for each in (self, other))
        if mine != its:
            was, here = ("{}, {} cores, {}".format(*each) for each in (mine, its))
            raise ValueError(f"it was measured on {was}; this is {here}")
        machine = other.machine
        when = f"Measured by itself: {machine.date}, load at start {machine.load:.2f}, project {machine.commit}."
        known = {each.claim.name: each for each in self.measurements}
        for each in other.measurements:
            if each.ours or each.claim.name not in known:
                known[each.claim.name] = replace(each, notes=(*each.notes, when))
        return replace(self, measurements=tuple(known[claim.name] for claim in claims if claim.name in known))

    def keep(self) -> None:
        """Writes results.json and RESULTS.md."""
        JSON.write_text(self.dumps(), "utf-8")
        MARKDOWN.write_text(markdown(self), "utf-8")


def table(measurements: Iterable[Measurement]) -> Table:
    """The table that is printed."""
    shown = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for heading in ("What", "Ours", "Against", "Ratio", "Target", "Verdict"):
        shown.add_column(heading, justify="right" if heading == "Ratio" else "left")
    styles = {True: "green", False: "bold red", None: "yellow"}
    for measurement in measurements:
        *cells, verdict = row(measurement)
        shown.add_row(*cells, f"[{styles[measurement.met]}]{verdict}[/]")
    return shown


def row(measurement: Measurement) -> tuple[str, str, str, str, str, str]:
    """What, ours, against what, ratio, target, verdict: medians, with the spread of ours and theirs."""
    claim = measurement.claim
    against = claim.against or "–"
    if measurement.theirs:
        against += f": {spread(measurement.theirs, claim.unit)}"
    return (
        claim.what,
        spread(measurement.ours, claim.unit),
        against,
        _ratio(median(measurement.ratios), claim) if measurement.ratios else "–",
        target(claim),
        measurement.verdict,
    )


def markdown(result: Result) -> str:
    """The text of RESULTS.md."""
    return "\n".join(_markdown(result))


def _markdown(result: Result) -> Iterator[str]:
    machine = result.machine
    yield "# What we claim about speed, measured"
    yield ""
    yield "`make bench` makes this page from results.json: change nothing here by hand."
    yield "A figure is the median of several rounds, smallest and largest in parentheses. In each round the sides take"
    yield "turns, and a ratio is that of one round. Compare ratios, not seconds, with those of another machine."
    yield ""
    versions = ", ".join(f"{name} {version}" for name, version in sorted(machine.versions.items()))
    for name, value in (
        ("Date", machine.date),
        ("CPU", f"{machine.cpu}, {machine.cores} cores"),
        ("Memory", f"{machine.memory_gb:g} GB"),
        ("Kernel", machine.kernel),
        ("Python", machine.python),
        ("Packages", versions),
        ("Load at start", f"{machine.load:.2f}"),
        ("Project", machine.commit),
    ):
        yield f"- {name}: {value}"
    yield ""
    yield "| What | Ours | Against | Ratio | Target | Verdict |"
    yield "| --- | --- | --- | ---: | --- | --- |"
    for measurement in result.measurements:
        *cells, verdict = map(_cell, row(measurement))
        yield f"| {' | '.join(cells)} | {'**' + verdict + '**' if not measurement.met else verdict} |"
    for measurement in result.measurements:
        yield from ("", f"## {measurement.claim.what}{_heading(measurement.claim)}", "")
        yield from (f"- {line}" for line in details(measurement))
    yield ""


def details(measurement: Measurement) -> Iterator[str]:
    """All that is known of one measurement beyond its row, a sentence or two each."""
    claim = measurement.claim
    if not measurement.met:
        promised = "there is no target" if claim.target is None else f"the target is {target(claim)}"
        yield f"**{measurement.verdict.capitalize()}**; {promised}." + (
            "" if measurement.met is None else f" {claim.why or 'Why has not been profiled yet.'}"
        )
    if measurement.ours:
        yield f"Rounds: ours {_all(measurement.ours, claim.unit)}."
        if measurement.theirs:
            yield f"Rounds: theirs {_all(measurement.theirs, claim.unit)}."
        if len(measurement.ratios) > 1:
            yield f"Rounds: ratio {', '.join(_ratio(value, claim) for value in measurement.ratios)}."
    yield from measurement.notes
    if measurement.others >= _BUSY and claim.unit in {"s", "µs", "/s"}:
        yield (
            f"Other programs used {measurement.others:.0%} of all cores meanwhile: on a quiet machine these figures "
            "differ."
        )


def target(claim: Claim) -> str:
    """The target in words; – where there is none."""
    value = claim.target
    if value is None:
        return "–"
    if value.of == "ours":
        return f"{value.bound} {_amount(value.limit, claim.unit)}"
    return f"{value.bound} {value.limit:g} × {'faster' if claim.faster else 'theirs'}"


def spread(values: Sequence[float], unit: str) -> str:
    """Median, and smallest to largest where these differ; – where there is nothing."""
    if not values:
        return "–"
    middle, least, most = (_amount(value, unit) for value in (median(values), min(values), max(values)))
    return middle if least == most else f"{middle} ({least} to {most})"


def _all(values: Sequence[float], unit: str) -> str:
    return ", ".join(_amount(value, unit) for value in values)


def _amount(value: float, unit: str) -> str:
    if unit == "s":
        return f"{value:.2f} s" if value < 100 else f"{value:.1f} s"
    if unit == "µs":
        return f"{value:.2f} µs"
    if unit == "/s":
        return f"{value:,.0f} a second"
    return f"{value:,.0f} {unit}".rstrip()


def _ratio(value: float, claim: Claim) -> str:
    digits = 4 if value < 0.1 else 2 if value < 10 else 0
    return f"{value:.{digits}f} ×{' faster' if claim.faster else ''}"


def _heading(claim: Claim) -> str:
    return f", against {claim.against}" if claim.against else ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
