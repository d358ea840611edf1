"""What we claim, what was measured of it, and whether the claim holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Literal


@dataclass(frozen=True)
class Target:
    """A bound on `ours` (in the claim's unit) or on the ratio."""

    of: Literal["ours", "ratio"]
    bound: Literal["at most", "at least", "exactly"]
    limit: float

    def holds(self, value: float) -> bool:
        """Whether `value` keeps the bound."""
        if self.bound == "exactly":
            return value == self.limit
        return value <= self.limit if self.bound == "at most" else value >= self.limit


Unit = Literal["s", "µs", "MB", "/s", ""]
""" "" where it is counted."""


@dataclass(frozen=True)
class Claim:
    """One thing that we say of ourselves, and what it is measured against."""

    name: str
    """Stable, for results.json."""
    what: str
    against: str
    """What `theirs` are; "" where we are measured against nothing but the target."""
    unit: Unit
    """Of ours and theirs."""
    target: Target | None
    """None where the figure is stated, and we promise nothing of it."""
    faster: bool = False
    """Whether the ratio is theirs to ours (how many times faster we are), and not ours to theirs."""
    why: str = ""
    """What profiling says of a miss. Shown only where the target is missed."""

    @classmethod
    def at_most(
        cls,
        name: str,
        what: str,
        limit: float,
        unit: Unit = "",
        *,
        against: str = "",
        faster: bool = False,
        why: str = "",
    ) -> Claim:
        """Ours are at most so much, whatever theirs are."""
        return cls(name, what, against, unit, Target("ours", "at most", limit), faster, why)


@dataclass(frozen=True)
class Measurement:
    """What was measured of a claim, a value a round. Empty `ours`: it could not be measured, and `notes` say why."""

    claim: Claim
    ours: tuple[float, ...] = ()
    theirs: tuple[float, ...] = ()
    notes: tuple[str, ...] = ()
    """What a reader must know to judge the figures, a sentence each."""
    others: float = 0.0
    """The share of all cores, from 0 to 1, that other programs used meanwhile."""

    @property
    def ratios(self) -> tuple[float, ...]:
        """The ratio of each round; where theirs were measured in fewer rounds, against the median of these."""
        if len(self.theirs) == len(self.ours):
            pairs = list(zip(self.ours, self.theirs, strict=True))
        else:
            pairs = [(ours, median(self.theirs)) for ours in self.ours] if self.theirs else []
        return tuple(theirs / ours if self.claim.faster else ours / theirs for ours, theirs in pairs)

    @property
    def judged(self) -> tuple[float, ...]:
        """The values that the target is about, one a round; ours where there is no target."""
        return self.ratios if self.claim.target and self.claim.target.of == "ratio" else self.ours

    @property
    def met(self) -> bool | None:
        """Whether the median keeps the target, if there is one; None where nothing was measured."""
        if not self.judged:
            return None
        return self.claim.target is None or self.claim.target.holds(median(self.judged))

    @property
    def rounds_met(self) -> int:
        """In how many rounds the target was kept, if there is one."""
        return sum(self.claim.target is None or self.claim.target.holds(value) for value in self.judged)

    @property
    def verdict(self) -> str:
        """`met`, `missed`, `not measured` or `stated`, and in how many rounds where these do not agree."""
        if self.met is None:
            return "not measured"
        if self.claim.target is None:
            return "stated"
        word = "met" if self.met else "missed"
        agreeing = self.rounds_met if self.met else len(self.judged) - self.rounds_met
        return word if agreeing == len(self.judged) else f"{word} in {agreeing} of {len(self.judged)} rounds"

    def as_json(self) -> dict[str, Any]:
        """What results.json keeps. The claim's words stay in the code."""
        return {
            "claim": self.claim.name,
            "ours": [round(value, 6) for value in self.ours],
            "theirs": [round(value, 6) for value in self.theirs],
            "verdict": self.verdict,
            "notes": list(self.notes),
            "others": round(self.others, 3),
        }

    @classmethod
    def from_json(cls, entry: Mapping[str, Any], claims: Sequence[Claim]) -> Measurement:
        """The opposite of `as_json`. Raises KeyError where no claim has this name any more."""
        known = {claim.name: claim for claim in claims}
        return cls(
            known[entry["claim"]],
            tuple(entry["ours"]),
            tuple(entry["theirs"]),
            tuple(entry["notes"]),
            entry["others"],
        )
