import asyncio
import sys

BACK_UP = """
import sys, time
name, pause = sys.argv[1], float(sys.argv[2])
for part in [1, 2]:
    time.sleep(pause)
    print(f"part {part} of {name}", flush=True)
"""


async def back_up(name, pause):
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", BACK_UP, name, str(pause), stdout=asyncio.subprocess.PIPE
    )
    print(f"{name}: is started")
    async for line in process.stdout:
        print(f"{name}: {line.decode().rstrip()}")
    print(f"{name}: exit status {await process.wait()}")


async def main():
    await asyncio.gather(back_up("mail", 0.3), back_up("photos", 0.8))


asyncio.run(main())
