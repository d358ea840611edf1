import asyncio


async def ask_the_expert():
    print("asking the expert")
    await asyncio.sleep(3600)
    return "it depends"


async def main():
    try:
        async with asyncio.timeout(0.5):
            print(await ask_the_expert())
    except TimeoutError:
        print("no answer in time")


asyncio.run(main())
