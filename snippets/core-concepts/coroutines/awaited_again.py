import asyncio


async def measure():
    await asyncio.sleep(0.3)
    return "21 °C"


class Thermometer:
    def __await__(self):
        return measure().__await__()


async def twice(name, awaitable):
    try:
        print(f"{name}:", await awaitable)
        print(f"{name}, again:", await awaitable)
    except RuntimeError as error:
        print(f"{name}, again: {error}")


async def main():
    await twice("coroutine", measure())
    await twice("task", asyncio.create_task(measure()))
    await twice("our own", Thermometer())


asyncio.run(main())
