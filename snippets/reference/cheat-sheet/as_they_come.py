import asyncio


async def cook(dish, seconds):
    await asyncio.sleep(seconds)
    return f"{dish} is ready"


# --8<-- [start:recipe]
async def main():
    dishes = [cook("soup", 0.5), cook("bread", 0.2)]
    tasks = [asyncio.create_task(dish) for dish in dishes]
    for answer in asyncio.as_completed(tasks):
        print(await answer)  # the earliest first


# --8<-- [end:recipe]


asyncio.run(main())
