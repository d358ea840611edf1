import asyncio

# --8<-- [start:recipe]
stove = asyncio.Lock()


async def fry(dish):
    async with stove:  # needed where an await stands between
        print(f"{dish}: in the pan")
        await asyncio.sleep(0.2)
        print(f"{dish}: out of it")


# --8<-- [end:recipe]


async def main():
    await asyncio.gather(fry("egg"), fry("fish"))


asyncio.run(main())
