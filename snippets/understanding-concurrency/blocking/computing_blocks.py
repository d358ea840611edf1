import asyncio

ticks = 0


async def tick():
    global ticks
    while True:
        ticks += 1
        await asyncio.sleep(0.01)


async def compute(name, give_way):
    before = ticks
    for number in range(3_000_000):
        if give_way and number % 10_000 == 0:
            await asyncio.sleep(0)
    print(f"{name}: {'the ticks went on' if ticks > before else 'no tick meanwhile'}")


async def main():
    ticking = asyncio.create_task(tick())
    await asyncio.sleep(0.1)
    await compute("without an await", give_way=False)
    await compute("with an await now and then", give_way=True)
    ticking.cancel()


asyncio.run(main())
