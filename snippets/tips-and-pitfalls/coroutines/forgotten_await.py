import asyncio


async def call(shop):
    for attempt in range(1, 4):
        print(f"call {attempt}: {shop} is engaged")
        asyncio.sleep(0.4)


asyncio.run(call("the bakery"))
