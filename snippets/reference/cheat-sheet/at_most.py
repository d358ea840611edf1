import asyncio


async def cook(dish, seconds):
    await asyncio.sleep(seconds)
    return f"{dish} is ready"


# --8<-- [start:recipe]
places = asyncio.Semaphore(2)  # one for all


async def cook_with_room(dish, seconds):
    async with places:
        return await cook(dish, seconds)


# --8<-- [end:recipe]


async def main():
    dishes = [cook_with_room(f"dish {number}", number / 10) for number in range(1, 5)]
    for answer in asyncio.as_completed([asyncio.create_task(dish) for dish in dishes]):
        print(await answer)


asyncio.run(main())
