import asyncio


async def is_member(name):
    await asyncio.sleep(0.2)
    return name in {"Ada", "Grace"}


async def welcome(name):
    print(f"welcome, {name}")
    await asyncio.sleep(0.1)


async def main():
    for name in ("Ada", "Mallory", "Grace"):
        if await is_member(name):
            await welcome(name)
        else:
            print(f"sorry, {name}, members only")


asyncio.run(main())
