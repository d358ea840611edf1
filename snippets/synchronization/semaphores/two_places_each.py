import asyncio


async def park_truck(places, name):
    async with places:
        print(f"{name}: has one place")
        await asyncio.sleep(0.2)
        async with places:
            print(f"{name}: has two, unloads")


async def main():
    places = asyncio.Semaphore(2)
    try:
        async with asyncio.timeout(1), asyncio.TaskGroup() as group:
            group.create_task(park_truck(places, "red truck"))
            group.create_task(park_truck(places, "blue truck"))
    except TimeoutError:
        print("each truck has one place, and waits for the other's")


asyncio.run(main())
