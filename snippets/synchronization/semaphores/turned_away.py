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
        for request, pause in [(1, 0.1), (2, 0.1), (3, 0.6), (4, 0)]:
            group.create_task(handle(places, request))
            await asyncio.sleep(pause)


asyncio.run(main())
