import asyncio


async def download(mirror, seconds):
    try:
        await asyncio.sleep(seconds)
    except asyncio.CancelledError:
        print(f"{mirror}: called off")
        raise
    print(f"{mirror}: complete")
    return mirror


async def main():
    mirrors = await asyncio.gather(
        download("Oslo", 0.9),
        download("Lima", 0.3),
        download("Perth", 1.5),
    )
    print(f"using the copy from {mirrors[0]}")


asyncio.run(main())
