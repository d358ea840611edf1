import asyncio


async def cook(dish, seconds):
    await asyncio.sleep(seconds)
    return f"{dish} is ready"


# --8<-- [start:recipe]
async def main():
    # One fails: the rest is cancelled.
    async with asyncio.TaskGroup() as group:
        soup = group.create_task(cook("soup", 0.4))
        bread = group.create_task(cook("bread", 0.2))
    print(soup.result(), bread.result(), sep=", ")

    # One fails: the rest runs on.
    both = [cook("tea", 0.1), cook("rice", 0.3)]
    print(await asyncio.gather(*both))


# --8<-- [end:recipe]


asyncio.run(main())
