import asyncio


async def cook(dish, seconds):
    print(f"{dish}: on the stove")
    await asyncio.sleep(seconds)
    print(f"{dish}: done")


async def main():
    await cook("rice", 0.6)
    await cook("beans", 0.4)


asyncio.run(main())
