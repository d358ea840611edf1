# /// script
# dependencies = ["uvloop"]
# [tool.runnable]
# alone = true
# timeout = 60
# ///
import json
import socket
import time

import http_server
import uvloop
from load_generator import measured


async def answer_at_once():
    return b"%f" % time.process_time()  # What the server has computed so far.


def run_with_uvloop(listening, work, ready):
    uvloop.run(http_server.serve(listening, work, ready))


def main():
    for loop, run in {"asyncio": http_server.run, "uvloop": run_with_uvloop}.items():
        for name, work in {"answers at once": answer_at_once, "waits 20 ms": http_server.wait_a_little}.items():
            with socket.create_server(("127.0.0.1", 0)) as listening, http_server.in_process(listening, work, run):
                load = measured(listening.getsockname()[1], 20, 0.5)
            row = {"loop": loop, "work": name} | load.figures()
            if work is answer_at_once:
                spent = float(load.bodies[-1]) - float(load.bodies[0])
                row["cpu"] = round(spent / (len(load.bodies) - 1), 7)  # The server's, for each request.
            print(json.dumps(row))


if __name__ == "__main__":
    main()
