import asyncio


async def lines():
    try:
        for number in range(1, 4):
            yield f"line {number}"
    finally:
        await asyncio.sleep(0.2)
        print("file closed")


opened = lines()


async def main():
    print(await anext(opened))
    await asyncio.sleep(0.4)
    print("main: returns")


asyncio.run(main())
print("asyncio.run: returns")
