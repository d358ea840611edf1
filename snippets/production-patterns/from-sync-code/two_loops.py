import asyncio


async def fetch_price():
    return 4


async def main():
    for loop in asyncio.get_running_loop(), asyncio.new_event_loop():
        coroutine = fetch_price()
        try:
            loop.run_until_complete(coroutine)
        except RuntimeError as error:
            print(error)
        coroutine.close()
    loop.close()
    print("the price is", await fetch_price())


asyncio.run(main())
