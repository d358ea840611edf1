import asyncio


async def bake(oven, name, seconds):
    async with oven:
        print(f"{name}: into the oven")
        await asyncio.sleep(seconds)
        print(f"{name}: out of the oven")


async def main():
    oven = asyncio.Lock()
    async with asyncio.TaskGroup() as group:
        group.create_task(bake(oven, "bread", 0.6))
        group.create_task(bake(oven, "cake", 0.9))
        group.create_task(bake(oven, "pizza", 0.3))


asyncio.run(main())
