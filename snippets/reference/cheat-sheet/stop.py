import asyncio


# --8<-- [start:recipe]
async def bake():
    try:
        await asyncio.sleep(3600)
    except asyncio.CancelledError:
        print("oven off")
        raise  # always


async def main():
    baking = asyncio.create_task(bake())
    await asyncio.sleep(0.2)
    baking.cancel()  # a request
    await asyncio.wait([baking])  # now it has ended


# --8<-- [end:recipe]


asyncio.run(main())
