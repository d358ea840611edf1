# /// script
# dependencies = ["gunicorn"]
# [tool.runnable]
# timeout = 60
# ///
import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

from load_generator import Load

HERE = str(Path(__file__).parent)


# --8<-- [start:app]
async def app(scope, receive, send):
    if scope["type"] != "http":
        return
    await asyncio.sleep(0.02)
    body = b"%d" % os.getpid()
    headers = [(b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


# --8<-- [end:app]


def replaced(answered_by):
    """Whether two workers have answered, and one of them all of the last requests."""
    return len(set(answered_by)) == 2 and len(set(answered_by[-100:])) == 1


async def main():
    load = Load()
    with socket.create_server(("127.0.0.1", 0), backlog=1000) as listening:
        port, descriptor = listening.getsockname()[1], listening.fileno()
        options = ["--worker-class", "asgi", "--bind", f"fd://{descriptor}", "--pythonpath", HERE]
        gunicorn = [sys.executable, "-m", "gunicorn", *options, "gunicorn_reload:app"]
        with subprocess.Popen(gunicorn, pass_fds=[descriptor], stderr=subprocess.DEVNULL) as master:
            try:
                users = asyncio.create_task(load.run(port, 20, lambda: replaced(load.bodies)))
                while not load.bodies:
                    await asyncio.sleep(0.05)
                master.send_signal(signal.SIGHUP)  # A new worker starts, and the old one is to end.
                await users
            finally:
                master.terminate()
    answered = len(load.bodies)
    row = {"asked": load.asked, "answered": answered, "lost": load.asked - answered}
    print(json.dumps(row | {"workers": len(set(load.bodies))}))


if __name__ == "__main__":
    asyncio.run(main())
