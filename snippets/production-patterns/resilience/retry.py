import asyncio
import random

answers = iter(["busy", "busy", "sunny"])


async def fetch_forecast():
    await asyncio.sleep(0.1)
    answer = next(answers)
    if answer == "busy":
        raise ConnectionError("the server is busy")
    return answer


async def retry(function, attempts=5, base=0.2, cap=10):
    for attempt in range(1, attempts + 1):
        try:
            return await function()
        except ConnectionError as error:
            print(f"attempt {attempt}: {error}")
            if attempt == attempts:
                raise
        longest = min(cap, base * 2 ** (attempt - 1))
        await asyncio.sleep(random.uniform(0, longest))


async def main():
    print("forecast:", await retry(fetch_forecast))


asyncio.run(main())
