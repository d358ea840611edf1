import asyncio
import faulthandler
import time


async def resize(picture):
    time.sleep(1.2)
    print(f"{picture}: done")


async def watch():
    while True:
        faulthandler.dump_traceback_later(0.7)
        await asyncio.sleep(0.1)


async def main():
    watching = asyncio.create_task(watch())
    await asyncio.sleep(0.3)
    await resize("large.png")
    watching.cancel()
    faulthandler.cancel_dump_traceback_later()


asyncio.run(main())
