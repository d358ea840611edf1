import asyncio
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE

CHILD = """
import asyncio, signal, sys
async def main():
    stop = asyncio.Event()
    if sys.argv[1] == "listens":
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGTERM, stop.set)
    print("ready", flush=True)
    await stop.wait()
asyncio.run(main())
"""


async def end(name, number):
    command = [sys.executable, "-c", CHILD, name]
    child = await asyncio.create_subprocess_exec(*command, stdout=PIPE, stderr=DEVNULL)
    await child.stdout.readline()
    child.send_signal(number)
    return await child.wait()


async def main():
    for name, number in [
        ("listens", signal.SIGTERM),
        ("ignorant", signal.SIGTERM),
        ("ignorant", signal.SIGINT),
        ("listens", signal.SIGKILL),
    ]:
        print(f"{name}, {number.name}: exit status", await end(name, number))


asyncio.run(main())
