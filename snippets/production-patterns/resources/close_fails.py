import asyncio
from contextlib import AsyncExitStack


async def switch_off(device):
    await asyncio.sleep(0.1)
    if device == "camera":
        raise OSError("the camera is stuck")
    print(device, "off")


async def main():
    try:
        async with AsyncExitStack() as stack:
            for device in ["lamp", "camera", "microphone"]:
                stack.push_async_callback(switch_off, device)
            raise ValueError("nobody came")
    except OSError as error:
        print("main:", error)
        print("and before it:", error.__context__)


asyncio.run(main())
