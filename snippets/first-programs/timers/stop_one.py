import asyncio


async def timer(name, seconds):
    try:
        await asyncio.sleep(seconds)
        print(f"{name}: ready")
    except asyncio.CancelledError:
        print(f"{name}: stopped")
        raise


async def main():
    print("three timers run")
    async with asyncio.TaskGroup() as group:
        rice = group.create_task(timer("rice", 60))
        group.create_task(timer("tea", 0.4))
        group.create_task(timer("eggs", 1))
        await asyncio.sleep(0.7)
        rice.cancel()
    print("dinner without rice")


asyncio.run(main())
