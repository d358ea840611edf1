import asyncio


async def roll():
    await asyncio.sleep(0.5)
    return 4


async def main():
    die = roll()
    print("first:", await die)
    try:
        print("second:", await die)
    except RuntimeError as error:
        print(error)
    print("a new one:", await roll())


asyncio.run(main())
