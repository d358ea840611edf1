import asyncio
import gc
import weakref

gc.disable()
audience = weakref.WeakSet()


async def listen(name):
    news = asyncio.get_running_loop().create_future()
    audience.add(news)
    print(f"{name}: listens")
    try:
        print(f"{name}: hears that", await news)
    finally:
        print(f"{name}: stops listening")


async def main():
    asyncio.create_task(listen("Ana"), name="Ana")
    ben = asyncio.create_task(listen("Ben"), name="Ben")
    await asyncio.sleep(0.3)
    print("main: the garbage collector runs")
    gc.collect()
    await asyncio.sleep(0.3)
    print("radio: has news")
    for news in list(audience):
        news.set_result("it rains")
    await ben


asyncio.run(main())
