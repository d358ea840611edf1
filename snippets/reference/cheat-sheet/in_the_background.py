import asyncio


async def cook(dish, seconds):
    await asyncio.sleep(seconds)
    return f"{dish} is ready"


# --8<-- [start:recipe]
background = set()


def in_background(coroutine):
    task = asyncio.create_task(coroutine)
    background.add(task)  # or it may vanish
    task.add_done_callback(background.discard)
    return task


# --8<-- [end:recipe]


async def main():
    in_background(cook("stock", 0.2)).add_done_callback(lambda task: print(task.result()))
    await asyncio.sleep(0.6)
    print("left in the set:", len(background))


asyncio.run(main())
