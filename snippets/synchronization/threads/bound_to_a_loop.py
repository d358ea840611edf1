import asyncio

ready = asyncio.Event()


async def main():
    try:
        await asyncio.wait_for(ready.wait(), timeout=0.1)
    except TimeoutError:
        print("waited")
    except RuntimeError as error:
        print("RuntimeError:", error)


asyncio.run(main())
asyncio.run(main())
