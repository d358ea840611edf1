import asyncio
import time


async def watch_the_loop(every=0.1, allowed=0.5):
    loop = asyncio.get_running_loop()
    while True:
        due = loop.time() + every
        await asyncio.sleep(every)
        if loop.time() > due + allowed:
            print("the loop was held up")


async def resize(picture):
    await asyncio.sleep(0.5)
    time.sleep(1)
    print(f"{picture}: resized")


async def main():
    watching = asyncio.create_task(watch_the_loop())
    await resize("large.png")
    await asyncio.sleep(0.5)
    watching.cancel()


asyncio.run(main())
