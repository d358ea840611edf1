"""Run programs as the reader's page does, but on the desktop: what a test reads is what the page would get.

    python tests/browser/run_programs.py < REQUESTS > MESSAGES

REQUESTS is one request of `runnable.browser.host` a line; with "stop_after": seconds, the reader presses Stop then. For
each message for the page there is a line of JSON. All programs run in this one Python, one after another.
"""

import json
import sys
import threading
import time

from runnable.browser import host

_real_sleep = time.sleep


class Page:
    """What the worker would be."""

    def __init__(self, out, stop_after):
        self._out, self._stop_after, self._began = out, stop_after, _monotonic()
        self._woken = False

    def post(self, text):
        self._out.write(text + "\n")
        self._out.flush()

    def stops(self):
        return int(self._stop_after is not None and _monotonic() - self._began >= self._stop_after)

    def pause(self, milliseconds):
        left = milliseconds / 1000
        if self._stop_after is not None and not self._woken:
            # As the worker's promise: kept as soon as Stop is pressed.
            until_stop = self._began + self._stop_after - _monotonic()
            if until_stop <= left:
                left, self._woken = max(0.0, until_stop), True
                _real_sleep(left)
                while not self.stops():
                    _real_sleep(0.001)
                return
        _real_sleep(left)


_monotonic = time.monotonic


def main():
    out = sys.stdout
    for line in sys.stdin.read().splitlines():
        request = json.loads(line)
        stop_after = request.pop("stop_after", None)
        page = Page(out, stop_after)
        host.run(json.dumps(request), page)
        assert threading.active_count() == 1


if __name__ == "__main__":
    main()
