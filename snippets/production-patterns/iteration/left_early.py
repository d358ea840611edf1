import asyncio


async def lines():
    task = asyncio.current_task()
    print("file opened")
    try:
        for number in range(1, 4):
            await asyncio.sleep(0.2)
            yield f"line {number}"
    finally:
        await asyncio.sleep(0.2)
        same = asyncio.current_task() is task
        print("file closed, by", "the same task" if same else "another task")


async def main():
    async for line in lines():
        print(line)
        break
    print("main: goes on")
    await asyncio.sleep(0.4)


asyncio.run(main())
