import asyncio


async def cook(dish, seconds):
    await asyncio.sleep(seconds)
    return f"{dish} is ready"


# --8<-- [start:recipe]
async def main():
    try:
        async with asyncio.timeout(0.5):
            print(await cook("bread", 0.1))
            print(await cook("stew", 3600))
    except TimeoutError:  # around the block, not in it
        print("too slow")


# --8<-- [end:recipe]


asyncio.run(main())
