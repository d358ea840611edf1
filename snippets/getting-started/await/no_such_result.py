# /// script
# [tool.runnable]
# exit = 1
# ///
import asyncio


async def forecast(city):
    await asyncio.sleep(0.5)
    return {"city": city, "sky": "rain"}


async def main():
    print("tomorrow:", forecast("Bergen")["sky"])


asyncio.run(main())
