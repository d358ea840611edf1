import asyncio
import os
import sys

COUNT = """
import sys, time
for number in [1, 2]:
    print(number, flush=sys.argv[1:] == ["flush"])
    time.sleep(0.7)
"""
USUAL = {**os.environ, "PYTHONUNBUFFERED": ""}  # whatever is set here


async def watch(*arguments):
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", COUNT, *arguments, stdout=asyncio.subprocess.PIPE, env=USUAL
    )
    while piece := await process.stdout.read(1000):
        print("got:", piece.decode().split())
    await process.wait()


async def main():
    print("as usual")
    await watch()
    print("with flush")
    await watch("flush")


asyncio.run(main())
