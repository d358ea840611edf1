import asyncio

visitor = None


def log(text):
    print(f"[{visitor}] {text}")


async def load_basket():
    await asyncio.sleep(0.2)
    log("basket loaded")


async def handle(name):
    global visitor
    visitor = name
    log("arrived")
    await load_basket()


async def main():
    await asyncio.gather(handle("Ana"), handle("Ben"))


asyncio.run(main())
