# /// script
# requires-python = ">=3.12"
# ///

import asyncio

cache = {"Oslo": "snow", "Lima": "fog"}


async def weather(city):
    if city not in cache:
        await asyncio.sleep(0.4)
        cache[city] = "sun"
    return cache[city]


async def main():
    loop = asyncio.get_running_loop()
    loop.set_task_factory(asyncio.eager_task_factory)
    loop.call_soon(print, "loop: takes a turn")
    for city in ["Oslo", "Lima", "Cairo"]:
        task = asyncio.create_task(weather(city))
        print(f"{city}: done at once is {task.done()}")
        print(f"{city}:", await task)


asyncio.run(main())
