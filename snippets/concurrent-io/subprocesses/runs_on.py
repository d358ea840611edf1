import asyncio
import sys

SLOW = "import time; time.sleep(1); print('program: ends, for nobody')"


async def convert(begun):
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", SLOW)
    begun.set_result(process)
    await process.wait()


async def main():
    begun = asyncio.Future()
    task = asyncio.create_task(convert(begun))
    process = await begun
    task.cancel()
    await asyncio.wait([task])
    print("main: the task is cancelled:", task.cancelled())
    print("main: the program runs on:", process.returncode is None)
    await process.wait()
    print("main: exit status", process.returncode)


asyncio.run(main())
