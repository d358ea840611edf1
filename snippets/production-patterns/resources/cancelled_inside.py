import asyncio


class Call:
    async def __aenter__(self):
        print("call: connected")
        return self

    async def __aexit__(self, kind, error, traceback):
        print("call: ended by", kind and kind.__name__)
        await asyncio.sleep(0.3)
        print("call: said goodbye")


async def main():
    try:
        async with asyncio.timeout(0.4):
            async with Call():
                await asyncio.sleep(5)
    except TimeoutError:
        print("main: the time is up")


asyncio.run(main())
