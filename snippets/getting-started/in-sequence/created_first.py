import asyncio


async def cook(dish, seconds):
    print(f"{dish}: on the stove")
    await asyncio.sleep(seconds)
    print(f"{dish}: done")


async def main():
    rice = cook("rice", 0.6)
    beans = cook("beans", 0.4)
    print("both are created")
    await rice
    await beans


asyncio.run(main())
