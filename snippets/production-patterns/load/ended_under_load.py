import asyncio
import functools
import json
import multiprocessing
import os
import signal
import socket
import time

from http_server import in_process
from load_generator import Load


async def work(begun):
    begun.set()
    await asyncio.sleep(0.02)
    return b"%d" % os.getpid()


def ask(port, over, pipe):
    load = Load()
    asyncio.run(load.run(port, 20, over.is_set))
    pipe.send((load.asked, load.bodies))


def replace(listening, number):
    """One server gives way to another while 20 users ask, who are in a process of their own."""
    over, (ours, theirs) = multiprocessing.Event(), multiprocessing.Pipe()
    begun, second_begun = multiprocessing.Event(), multiprocessing.Event()
    users = multiprocessing.Process(target=ask, args=[listening.getsockname()[1], over, theirs])
    with in_process(listening, functools.partial(work, begun)) as first:
        users.start()
        begun.wait()
        time.sleep(0.2)
        with in_process(listening, functools.partial(work, second_begun)):
            os.kill(first.pid, number)
            first.join()
            second_begun.wait()
            time.sleep(0.2)
            over.set()
            asked, bodies = ours.recv()
            users.join()
    counts = {"asked": asked, "answered": len(bodies), "lost": asked - len(bodies)}
    return {"signal": number.name} | counts | {"servers": len(set(bodies))}


if __name__ == "__main__":
    for number in (signal.SIGKILL, signal.SIGTERM):
        with socket.create_server(("127.0.0.1", 0)) as listening:
            print(json.dumps(replace(listening, number)))
