import asyncio


async def cook(dish, seconds):
    await asyncio.sleep(seconds)
    return f"{dish} is ready"


# --8<-- [start:recipe]
async def main():
    dishes = [cook("soup", 3600), cook("bread", 0.2)]
    tasks = [asyncio.create_task(dish) for dish in dishes]
    when = asyncio.FIRST_COMPLETED
    done, rest = await asyncio.wait(tasks, return_when=when)
    for task in rest:
        task.cancel()  # wait cancels nothing
    print([task.result() for task in done])


# --8<-- [end:recipe]


asyncio.run(main())
