import asyncio
from contextlib import AsyncExitStack


class Studio:
    async def __aenter__(self):
        async with AsyncExitStack() as stack:
            await switch_on("lamp")
            stack.callback(print, "lamp off")
            await switch_on("camera")
            stack.callback(print, "camera off")
            self.opened = stack.pop_all()
        return self

    async def __aexit__(self, *error):
        return await self.opened.__aexit__(*error)


async def switch_on(device):
    await asyncio.sleep(0.2)
    if device == "camera":
        raise OSError("the camera has no battery")
    print(device, "on")


async def main():
    try:
        async with Studio():
            print("a photo is taken")
    except OSError as error:
        print("main:", error)


asyncio.run(main())
