"""Why what the browser needs could not be made."""

from __future__ import annotations


class KitError(Exception):
    """It could not be got or made. `what` is a clause without a full stop, `details` what a tool said about it."""

    def __init__(self, what: str, details: str = "") -> None:
        super().__init__(f"{what}\n{details}" if details else what)
        self.what, self.details = what, details
