import asyncio
import sys

SLOW = "import time; time.sleep(1); print('program: ends, for nobody')"


async def convert(begun):
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", SLOW)
    begun.set_result(process)
    try:
        await process.wait()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def main():
    begun = asyncio.Future()
    task = asyncio.create_task(convert(begun))
    process = await begun
    await asyncio.sleep(0.1)
    task.cancel()
    await asyncio.wait([task])
    print("main: the task is cancelled:", task.cancelled())
    print("main: the program runs on:", process.returncode is None)


asyncio.run(main())
