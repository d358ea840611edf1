import asyncio


async def call(shop):
    for attempt in range(1, 4):
        try:
            await asyncio.sleep(0.5)
            raise ConnectionError(f"{shop} is engaged")
        except:
            print(f"call {attempt}: failed")


async def main():
    try:
        async with asyncio.timeout(0.9):
            await call("the bakery")
        print("main: no timeout")
    except TimeoutError:
        print("main: gives up")


asyncio.run(main())
