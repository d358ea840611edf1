import asyncio
import time


async def watch():
    loop = asyncio.get_running_loop()
    while True:
        due = loop.time() + 0.1
        await asyncio.sleep(0.1)
        if loop.time() - due > 0.5:
            print("watch: something has blocked the loop")


async def main():
    watching = asyncio.create_task(watch(), name="watch")
    await asyncio.sleep(0.25)
    print("main: waits")
    await asyncio.sleep(0.5)
    print("main: blocks")
    time.sleep(0.8)
    print("main: goes on")
    await asyncio.sleep(0.25)
    watching.cancel()


asyncio.run(main())
