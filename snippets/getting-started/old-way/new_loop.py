import asyncio


async def main():
    print("water is on")
    await asyncio.sleep(1)
    print("tea is ready")


loop = asyncio.new_event_loop()
try:
    loop.run_until_complete(main())
finally:
    loop.close()
