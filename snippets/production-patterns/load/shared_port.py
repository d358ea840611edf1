# /// script
# [tool.runnable]
# alone = true
# timeout = 60
# ///
import contextlib
import hashlib
import json
import os
import socket
from collections import Counter

from http_server import in_process
from load_generator import measured


async def check_password():
    hashlib.pbkdf2_hmac("sha256", b"password", b"salt", 2_000)
    return b"%d" % os.getpid()


def main():
    with contextlib.ExitStack() as servers:
        port = 0
        for processes in (1, 2):
            # Each has a socket of its own, and all have the same port.
            listening = servers.enter_context(socket.socket())
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            listening.bind(("127.0.0.1", port))
            port = listening.getsockname()[1]
            servers.enter_context(in_process(listening, check_password))
            load = measured(port, 32, 0.7)
            answered_by = sorted(Counter(load.bodies).values(), reverse=True)
            print(json.dumps({"processes": processes} | load.figures() | {"answered_by": answered_by}))


if __name__ == "__main__":
    main()
