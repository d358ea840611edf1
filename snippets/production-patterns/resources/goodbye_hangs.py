# /// script
# requires-python = ">=3.11.4"
# ///
import asyncio


class Call:
    async def __aenter__(self):
        print("call: connected")
        return self

    async def __aexit__(self, kind, error, traceback):
        try:
            async with asyncio.timeout(0.3):
                await self.say_goodbye()
        except TimeoutError:
            print("call: no answer, so hang up")

    async def say_goodbye(self):
        print("call: says goodbye")
        await asyncio.sleep(3600)


async def main():
    try:
        async with asyncio.timeout(0.4):
            async with Call():
                await asyncio.sleep(5)
    except TimeoutError:
        print("main: the time is up")


asyncio.run(main())
