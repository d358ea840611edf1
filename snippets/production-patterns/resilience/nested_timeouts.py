import asyncio


async def ask(service, seconds):
    print(f"{service}: begins")
    async with asyncio.timeout(0.9):
        await asyncio.sleep(seconds)
    print(f"{service}: done")


async def handle():
    await ask("login", 0.6)
    await ask("basket", 0.6)
    await ask("prices", 0.6)


async def main():
    await handle()
    print("the page is ready")


asyncio.run(main())
