# /// script
# dependencies = ["gunicorn"]
# [tool.runnable]
# alone = true
# timeout = 60
# ///
import hashlib
import json
import os
import signal
import socket
import subprocess
import sys
from collections import Counter
from pathlib import Path

from load_generator import measured

HERE = str(Path(__file__).parent)


# --8<-- [start:app]
async def app(scope, receive, send):
    if scope["type"] != "http":
        return
    hashlib.pbkdf2_hmac("sha256", b"password", b"salt", 2_000)
    body = b"%d" % os.getpid()
    headers = [(b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


# --8<-- [end:app]


def report(workers, port):
    seen = set()
    while len(seen) < workers:  # Until all have started.
        seen |= set(measured(port, 8, 0.1).bodies)
    load = measured(port, 32, 0.7)
    answered_by = sorted(Counter(load.bodies).values(), reverse=True)
    print(json.dumps({"workers": workers} | load.figures() | {"answered_by": answered_by}))


def main():
    with socket.create_server(("127.0.0.1", 0), backlog=1000) as listening:
        port, descriptor = listening.getsockname()[1], listening.fileno()
        options = ["--worker-class", "asgi", "--keep-alive", "0", "--bind", f"fd://{descriptor}", "--pythonpath", HERE]
        gunicorn = [sys.executable, "-m", "gunicorn", *options, "gunicorn_workers:app"]
        with subprocess.Popen(gunicorn, pass_fds=[descriptor], stderr=subprocess.DEVNULL) as master:
            try:
                report(1, port)
                master.send_signal(signal.SIGTTIN)  # One worker more.
                report(2, port)
            finally:
                master.terminate()


if __name__ == "__main__":
    main()
