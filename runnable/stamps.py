"""Sockets whose packets the kernel stamps with the time: what tells when a program wrote, and in which order."""

from __future__ import annotations

import os
import socket
import sys
from functools import cache

# Linux's <asm-generic/socket.h>; Python names it only from 3.15 on.
SO_TIMESTAMPNS = 35


def sockets_work() -> bool:
    """Whether this platform has sockets that stamp each write. RUNNABLE_PIPES=1 in the environment says no."""
    return sys.platform == "linux" and not os.environ.get("RUNNABLE_PIPES") and _sockets_stamp()


def in_order() -> bool:
    """Whether recordings made here keep the order of writes to both streams."""
    return sockets_work()


@cache
def _sockets_stamp() -> bool:
    """Whether the kernel stamps packets: those that only look like Linux do not."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with ours, theirs:
        try:
            ours.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
            theirs.send(b"?")
            return bool(ours.recvmsg(1, 64)[1])
        except OSError:
            return False
