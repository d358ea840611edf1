# /// script
# requires-python = "==3.11.*"
# ///
import asyncio


async def fetch():
    asyncio.print_call_graph(depth=2)


async def main():
    await fetch()


try:
    asyncio.run(main())
except AttributeError as error:
    print(f"{type(error).__name__}: {error}")
