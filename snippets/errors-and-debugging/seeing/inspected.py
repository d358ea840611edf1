# /// script
# requires-python = ">=3.14"
# [tool.runnable]
# platforms = ["linux", "windows"]  # On macOS only root may look into another process.
# ///
import subprocess
import sys

PROGRAM = """
import asyncio
import ctypes
import sys

if sys.platform == "linux":  # prctl(PR_SET_PTRACER, any): lets this user's other processes look.
    ctypes.CDLL(None).prctl(0x59616D61, ctypes.c_ulong(-1))

async def read(station):
    await asyncio.sleep(60)

async def region(stations):
    async with asyncio.TaskGroup() as group:
        for station in stations:
            group.create_task(read(station), name=station)

async def main():
    async with asyncio.TaskGroup() as group:
        group.create_task(region(["Oslo", "Bergen"]), name="north")
        group.create_task(region(["Lima"]), name="south")
        await asyncio.sleep(0.1)
        print("waiting", flush=True)

asyncio.run(main())
"""

with subprocess.Popen([sys.executable, "-c", PROGRAM], stdout=subprocess.PIPE) as running:
    try:
        running.stdout.readline()
        for command in ("pstree", "ps"):
            print(f"--- python -m asyncio {command} PID", flush=True)
            subprocess.run([sys.executable, "-m", "asyncio", command, str(running.pid)], check=True)
    finally:
        running.kill()
