import asyncio


async def main():
    loop = asyncio.get_running_loop()
    loop.call_later(0.3, print, "reminder: water the fern")
    loop.call_later(0.9, print, "reminder: feed the cat")
    call = loop.call_later(1.2, print, "reminder: call Ana")
    print("three reminders set")
    await asyncio.sleep(0.6)
    call.cancel()
    print("Ana called, reminder cancelled")
    await asyncio.sleep(0.9)
    print("main: ends")


asyncio.run(main())
