# /// script
# requires-python = ">=3.14"
# ///

import asyncio


async def copy(name):
    print(f"{name}: opens the file")
    try:
        await asyncio.sleep(1)
    finally:
        print(f"{name}: closes the file")


async def main():
    lazy = asyncio.create_task(copy("lazy"))
    lazy.cancel()
    eager = asyncio.create_task(copy("eager"), eager_start=True)
    eager.cancel()
    await asyncio.wait([lazy, eager])
    print("lazy cancelled:", lazy.cancelled())
    print("eager cancelled:", eager.cancelled())


asyncio.run(main())
