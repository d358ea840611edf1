import asyncio


async def fetch(city):
    await asyncio.sleep(0.3)
    return f"{city}: sunny"


class Forecast:
    def __init__(self, city):
        self.city = city

    def __await__(self):
        return fetch(self.city).__await__()


async def main():
    print("a coroutine:", await fetch("Oslo"))

    task = asyncio.create_task(fetch("Lima"))
    print("a task:", await task)

    loop = asyncio.get_running_loop()
    future = loop.create_future()
    loop.call_later(0.3, future.set_result, "Cairo: sunny")
    print("a future:", await future)

    print("an object of ours:", await Forecast("Kyoto"))


asyncio.run(main())
