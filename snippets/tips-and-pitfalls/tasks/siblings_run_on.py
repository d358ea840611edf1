import asyncio


async def book(what, seconds):
    await asyncio.sleep(seconds)
    if what == "flight":
        raise LookupError("no seat left")
    print(f"{what}: booked, and paid")


async def main():
    try:
        await asyncio.gather(
            book("flight", 0.2),
            book("hotel", 0.6),
        )
    except LookupError as error:
        print("main: no trip,", error)
    await asyncio.sleep(0.7)
    print("main: stays at home")


asyncio.run(main())
