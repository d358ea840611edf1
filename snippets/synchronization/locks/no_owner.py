import asyncio


async def careful(lock):
    async with lock:
        print("careful: has the lock")
        await asyncio.sleep(0.4)
        print("careful: thinks that it still has it")


async def careless(lock):
    await asyncio.sleep(0.2)
    lock.release()
    print("careless: has released it")


async def main():
    lock = asyncio.Lock()
    results = await asyncio.gather(careful(lock), careless(lock), return_exceptions=True)
    print("careful:", repr(results[0]))


asyncio.run(main())
