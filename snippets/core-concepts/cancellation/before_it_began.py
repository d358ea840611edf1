import asyncio


async def send(letter, connection):
    try:
        print(f"letter {letter}: sending by {connection}")
        await asyncio.sleep(0.5)
    finally:
        print(f"letter {letter}: gives back {connection}")


async def main():
    early = asyncio.create_task(send("A", "line 1"))
    early.cancel()
    late = asyncio.create_task(send("B", "line 2"))
    await asyncio.sleep(0.2)
    late.cancel()
    await asyncio.wait([early, late])
    print("cancelled:", early.cancelled(), late.cancelled())


asyncio.run(main())
