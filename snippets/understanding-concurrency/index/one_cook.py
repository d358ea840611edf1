import asyncio
import threading


async def prepare(dish, *steps):
    for step, seconds in steps:
        print(f"{dish}: {step}")
        await asyncio.sleep(seconds)
    print(f"{dish}: ready")


async def main():
    async with asyncio.TaskGroup() as group:
        group.create_task(prepare("rice", ("rinse", 0.3), ("boil", 0.6), ("rest", 0.6)))
        group.create_task(prepare("curry", ("fry the spices", 0.6), ("simmer", 0.6)))
    print(f"cooks: {threading.active_count()}")


asyncio.run(main())
