import asyncio


async def look_up(word):
    return word.upper()


async def translate(name, words):
    for word in words:
        print(f"{name}: {await look_up(word)}")


async def main():
    async with asyncio.TaskGroup() as group:
        group.create_task(translate("first", ["tea", "milk", "sugar"]))
        group.create_task(translate("second", ["cup", "pot", "spoon"]))


asyncio.run(main())
