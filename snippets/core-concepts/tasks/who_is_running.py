import asyncio


async def fetch(city, seconds):
    await asyncio.sleep(seconds)
    print(f"{city}: fetched by", asyncio.current_task().get_name())


def roll_call():
    names = sorted(task.get_name() for task in asyncio.all_tasks())
    print("not done:", ", ".join(names))


async def main():
    asyncio.current_task().set_name("main")
    async with asyncio.TaskGroup() as group:
        group.create_task(fetch("Oslo", 0.3), name="north")
        group.create_task(fetch("Lima", 0.9), name="south")
        roll_call()
        await asyncio.sleep(0.6)
        roll_call()
    roll_call()


asyncio.run(main())
