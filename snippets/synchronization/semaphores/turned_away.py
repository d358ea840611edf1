import asyncio


async def handle(places, request):
    if places.locked():
        print(f"request {request}: busy, come back later")
        return
    async with places:
        print(f"request {request}: accepted")
        await asyncio.sleep(0.5)
    print(f"request {request}: answered")


async def main():
    places = asyncio.Semaphore(2)
    async with asyncio.TaskGroup() as group:
        for request in [1, 2, 3, 4, 5]:
            group.create_task(handle(places, request))
            await asyncio.sleep(0.2)


asyncio.run(main())
