import asyncio

FILES = {"cat.png": 0.6, "dog.png": 0.2, "map.png": 0.8, "sea.png": 0.4}


async def copy(name):
    await asyncio.sleep(FILES[name])


async def main():
    tasks = [asyncio.create_task(copy(name)) for name in FILES]
    print(f"0 of {len(tasks)} files", end="\r", flush=True)
    for number, copied in enumerate(asyncio.as_completed(tasks), 1):
        await copied
        print(f"{number} of {len(tasks)} files", end="\r", flush=True)
    print("all files are copied")


asyncio.run(main())
