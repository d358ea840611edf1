import asyncio


async def may_enter(name):
    await asyncio.sleep(0.5)
    return name in {"Ada", "Grace"}


async def main():
    if may_enter("Mallory"):
        print("welcome, Mallory")
    if await may_enter("Mallory"):
        print("welcome again, Mallory")


asyncio.run(main())
