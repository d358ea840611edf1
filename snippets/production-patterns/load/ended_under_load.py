import asyncio
import json
import os
import signal
import socket

from http_server import in_process, wait_a_little
from load_generator import Load


async def replace(listening, number):
    """One server gives way to another while 20 users ask."""
    load = Load()
    with in_process(listening, wait_a_little) as first:
        users = asyncio.create_task(load.run(listening.getsockname()[1], 20, 0.6))
        await asyncio.sleep(0.2)
        with in_process(listening, wait_a_little):
            os.kill(first.pid, number)
            await users
    answered = len(load.bodies)
    row = {"signal": number.name, "asked": load.asked, "answered": answered, "lost": load.asked - answered}
    return row | {"servers": len(set(load.bodies))}


if __name__ == "__main__":
    for number in (signal.SIGKILL, signal.SIGTERM):
        with socket.create_server(("127.0.0.1", 0)) as listening:
            print(json.dumps(asyncio.run(replace(listening, number))))
