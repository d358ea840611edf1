import asyncio

requests = refused = at_work = 0


async def serve():
    global requests, refused, at_work
    requests += 1
    if at_work == 3:
        refused += 1
        raise ConnectionRefusedError
    at_work += 1
    await asyncio.sleep(0.02)
    at_work -= 1


async def client():
    for attempt in range(20):
        try:
            return await serve()
        except ConnectionRefusedError:
            await asyncio.sleep(min(0.2, 0.1 * 2**attempt))


async def main():
    async with asyncio.TaskGroup() as group:
        for _ in range(24):
            group.create_task(client())
    print(f"24 clients, {requests} requests, {refused} refused")


asyncio.run(main())
