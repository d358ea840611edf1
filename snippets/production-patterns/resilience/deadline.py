import asyncio


async def ask(service, seconds, deadline):
    print(f"{service}: begins")
    async with asyncio.timeout_at(deadline):
        await asyncio.sleep(seconds)
    print(f"{service}: done")


async def handle(deadline):
    await ask("login", 0.6, deadline)
    await ask("basket", 0.6, deadline)
    await ask("prices", 0.6, deadline)


async def main():
    deadline = asyncio.get_running_loop().time() + 1.5
    try:
        await handle(deadline)
        print("the page is ready")
    except TimeoutError:
        print("the visitor gets an apology")


asyncio.run(main())
