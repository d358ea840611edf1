# /// script
# [tool.runnable]
# exit = 3
# ///
import asyncio
import sys


async def watch():
    await asyncio.sleep(0.3)
    print("watch: the disk is gone")
    sys.exit(3)


async def main():
    try:
        await asyncio.gather(watch())
    except BaseException as error:
        print("main: got", repr(error))
        raise


asyncio.run(main())
