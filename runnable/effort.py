"""How much work a comparison may still be, so that no output and no transcript makes it endless."""

from __future__ import annotations


class TooHardError(Exception):
    """So many lines with wildcards may stand for one another that comparing would take too long."""


class Effort:
    """A budget of small steps: about a second of them."""

    def __init__(self) -> None:
        self._left = 500_000

    def spend(self, amount: int = 1) -> None:
        """Takes `amount` steps off. Raises TooHardError where fewer are left."""
        self._left -= amount
        if self._left < 0:
            raise TooHardError

    def allows(self, amount: int) -> bool:
        """Takes `amount` steps off if as many are left, and says whether they were."""
        if amount > self._left:
            return False
        self._left -= amount
        return True
