import asyncio

swimmers = most = 0


async def swim(lanes):
    global swimmers, most
    await lanes.acquire()
    try:
        swimmers += 1
        most = max(most, swimmers)
        await asyncio.sleep(0.2)
        swimmers -= 1
        lanes.release()
    finally:
        lanes.release()


async def main():
    lanes = asyncio.BoundedSemaphore(2)
    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(20):
                group.create_task(swim(lanes))
    except* ValueError as errors:
        print(repr(errors.exceptions[0]))
    print(f"two lanes, and {most} swimmers at the same time")


asyncio.run(main())
