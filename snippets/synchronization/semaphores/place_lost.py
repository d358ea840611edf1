import asyncio


async def swim(lanes, name):
    await lanes.acquire()
    print(f"{name}: swims")
    await asyncio.sleep(0.2)
    if name == "Ada":
        raise RuntimeError("cramp")
    lanes.release()


async def main():
    lanes = asyncio.Semaphore(2)
    names = ["Ada", "Ben", "Cleo", "Dan"]
    await asyncio.gather(*[swim(lanes, name) for name in names], return_exceptions=True)
    async with asyncio.timeout(1):
        await lanes.acquire()
        print("one lane is free")
        await lanes.acquire()
        print("two lanes are free")


try:
    asyncio.run(main())
except TimeoutError:
    print("the other lane never comes back")
