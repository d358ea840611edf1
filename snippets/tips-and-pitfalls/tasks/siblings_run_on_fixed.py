import asyncio


async def book(what, seconds):
    await asyncio.sleep(seconds)
    if what == "flight":
        raise LookupError("no seat left")
    print(f"{what}: booked, and paid")


async def main():
    try:
        async with asyncio.TaskGroup() as trip:
            trip.create_task(book("flight", 0.2))
            trip.create_task(book("hotel", 0.6))
    except* LookupError as group:
        print("main: no trip,", *group.exceptions)
    await asyncio.sleep(0.7)
    print("main: stays at home")


asyncio.run(main())
