import asyncio


async def measure(celsius, seconds):
    await asyncio.sleep(seconds)
    return f"{celsius} °C"


async def main():
    rooms = {"kitchen": (21, 0.2), "cellar": (12, 0.4), "attic": (17, 0.6)}
    tasks = []
    for room, (celsius, seconds) in rooms.items():
        task = asyncio.create_task(measure(celsius, seconds))
        task.add_done_callback(lambda done: print(f"{room}: {done.result()}"))
        tasks.append(task)
    await asyncio.wait(tasks)


asyncio.run(main())
