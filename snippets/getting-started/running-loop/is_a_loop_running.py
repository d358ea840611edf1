import asyncio


def look():
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        print("no loop: call asyncio.run")
    else:
        print("a loop runs: await")


async def main():
    look()


look()
asyncio.run(main())
look()
