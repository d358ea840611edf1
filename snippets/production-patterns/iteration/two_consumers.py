import asyncio


async def generator():
    for number in range(1, 5):
        await asyncio.sleep(0.2)
        yield number


class Iterator:
    number = 0

    def __aiter__(self):
        return self

    async def __anext__(self):
        self.number += 1
        number = self.number
        if number > 4:
            raise StopAsyncIteration
        await asyncio.sleep(0.2)
        return number


async def consume(name, numbers):
    try:
        async for number in numbers:
            print(name, "has", number)
    except RuntimeError as error:
        print(f"{name}: {error}")


async def main():
    for numbers in Iterator(), generator():
        print(type(numbers).__name__)
        await asyncio.gather(consume("Ana", numbers), consume("Ben", numbers))


asyncio.run(main())
