import asyncio


async def brew(drink, seconds):
    print(f"{drink}: water on")
    await asyncio.sleep(seconds)
    return f"a cup of {drink}"


async def main():
    print("brew is a", type(brew).__name__)

    coroutine = brew("tea", 0.5)
    print("brew(...) gave a", type(coroutine).__name__)

    task = asyncio.create_task(coroutine)
    print("create_task(...) gave a", type(task).__name__)
    print("a Task is a Future:", isinstance(task, asyncio.Future))

    loop = asyncio.get_running_loop()
    print("the event loop is running:", loop.is_running())

    result = await task
    print("await gave", result)


asyncio.run(main())
