import asyncio


class Printer:
    async def __aenter__(self):
        await asyncio.sleep(0.2)
        print("printer: warm")
        return self

    async def __aexit__(self, kind, error, traceback):
        await asyncio.sleep(0.2)
        print("printer: off, after", kind and kind.__name__)

    async def print(self, letter):
        await asyncio.sleep(0.2)
        print("printed:", letter)


async def main():
    async with Printer() as printer:
        await printer.print("a letter to Ana")
    try:
        async with Printer() as printer:
            raise ValueError("no paper")
    except ValueError as error:
        print("main:", error)


asyncio.run(main())
