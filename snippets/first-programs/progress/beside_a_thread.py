import asyncio
import itertools
import time


async def spin(text):
    for mark in itertools.cycle("-\\|/"):
        print(f"{text} {mark}", end="\r", flush=True)
        await asyncio.sleep(0.25)


def zip_photos():
    time.sleep(0.5)
    return "photos.zip"


async def main():
    spinner = asyncio.create_task(spin("zipping"))
    await asyncio.sleep(0.4)
    name = await asyncio.to_thread(zip_photos)
    spinner.cancel()
    print(f"zipped: {name}")


asyncio.run(main())
