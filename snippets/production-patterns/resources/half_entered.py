import asyncio


class Studio:
    async def __aenter__(self):
        self.lamp = await switch_on("lamp")
        self.camera = await switch_on("camera")
        return self

    async def __aexit__(self, *error):
        print(self.camera, "off")
        print(self.lamp, "off")


async def switch_on(device):
    await asyncio.sleep(0.2)
    if device == "camera":
        raise OSError("the camera has no battery")
    print(device, "on")
    return device


async def main():
    try:
        async with Studio():
            print("a photo is taken")
    except OSError as error:
        print("main:", error)


asyncio.run(main())
