import asyncio


async def main():
    await asyncio.sleep(0.5)
    asyncio.get_event_loop()
    print("in main there is a loop")


asyncio.run(main())
try:
    asyncio.get_event_loop()
except RuntimeError as error:
    print(error)
