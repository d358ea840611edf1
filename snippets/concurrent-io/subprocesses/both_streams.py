import asyncio
import sys

WARNS = """
import sys, time
for number in [1, 2]:
    print("step", number, flush=True)
    time.sleep(0.6)
    print("warning", number, file=sys.stderr, flush=True)
    time.sleep(0.6)
"""


async def show(name, stream):
    async for line in stream:
        print(f"{name}: {line.decode().rstrip()}")


async def main():
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", WARNS, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    await asyncio.gather(show("out", process.stdout), show("err", process.stderr))
    print("exit status:", await process.wait())


asyncio.run(main())
