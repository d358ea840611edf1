import asyncio

lock = asyncio.Lock()


async def save(name):
    async with lock:
        print(f"{name} is saved")


async def save_all(names):
    async with lock:
        for name in names:
            print(f"saves {name}")
            await save(name)


async def main():
    try:
        async with asyncio.timeout(0.5):
            await save_all(["letter", "photo"])
    except TimeoutError:
        print("nothing was saved: save waits for save_all, which waits for save")


asyncio.run(main())
