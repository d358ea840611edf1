import asyncio


async def measure(room, seconds):
    print(f"{room}: measuring")
    await asyncio.sleep(seconds)
    print(f"{room}: measured")
    return f"{room} 20 °C"


async def main():
    kitchen = asyncio.create_task(measure("kitchen", 1))
    cellar = asyncio.create_task(measure("cellar", 0.5))
    print("two tasks, and neither has begun")
    print(await kitchen)
    print(await cellar)


asyncio.run(main())
