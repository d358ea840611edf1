"""Errors of the system as they are on Linux: WebAssembly numbers them in another way, and words some differently.

`OSError` chooses its subclass by the platform's number, so that number is kept; it is only written as Linux writes it.
"""

from __future__ import annotations

import errno

# What our network, and asyncio on it, may raise.
_ERRORS = {
    "EPERM": (1, "Operation not permitted"),
    "ENOENT": (2, "No such file or directory"),
    "EBADF": (9, "Bad file descriptor"),
    "EAGAIN": (11, "Resource temporarily unavailable"),
    "EINVAL": (22, "Invalid argument"),
    "EPIPE": (32, "Broken pipe"),
    "EDEADLK": (35, "Resource deadlock avoided"),
    "EDESTADDRREQ": (89, "Destination address required"),
    "EMSGSIZE": (90, "Message too long"),
    "ENOPROTOOPT": (92, "Protocol not available"),
    "EPROTONOSUPPORT": (93, "Protocol not supported"),
    "ENOTSUP": (95, "Operation not supported"),
    "EAFNOSUPPORT": (97, "Address family not supported by protocol"),
    "EADDRINUSE": (98, "Address already in use"),
    "EADDRNOTAVAIL": (99, "Cannot assign requested address"),
    "ENETUNREACH": (101, "Network is unreachable"),
    "ECONNABORTED": (103, "Software caused connection abort"),
    "ECONNRESET": (104, "Connection reset by peer"),
    "EISCONN": (106, "Transport endpoint is already connected"),
    "ENOTCONN": (107, "Transport endpoint is not connected"),
    "ETIMEDOUT": (110, "Connection timed out"),
    "ECONNREFUSED": (111, "Connection refused"),
    "EALREADY": (114, "Operation already in progress"),
    "EINPROGRESS": (115, "Operation now in progress"),
}


class Number(int):
    """The platform's number of an error, which reads as Linux's."""

    shown: int

    def __str__(self) -> str:
        return str(self.shown)

    __repr__ = __str__

    def __format__(self, spec: str) -> str:
        return format(self.shown, spec)


def _number(name: str, linux: int) -> int:
    platforms: int = getattr(errno, name)
    if platforms == linux:
        return linux
    number = Number(platforms)
    number.shown = linux
    return number


_NUMBERS = {int(getattr(errno, name)): _number(name, linux) for name, (linux, _) in _ERRORS.items()}
_TEXTS = {int(getattr(errno, name)): text for name, (_, text) in _ERRORS.items()}


def number(platforms: int) -> int:
    """An error's number, to be shown as Linux's."""
    return _NUMBERS.get(platforms, platforms)


def text(platforms: int) -> str:
    """What Linux says of an error with the platform's number."""
    return _TEXTS[platforms]


def error(platforms: int, what: str = "") -> OSError:
    """The error with the platform's number: of the right subclass, with Linux's number and words, or with `what`."""
    return OSError(number(platforms), what or text(platforms))
