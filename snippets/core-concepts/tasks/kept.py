import asyncio
import gc
import weakref

audience = weakref.WeakSet()
background = set()


async def listen(name):
    news = asyncio.get_running_loop().create_future()
    audience.add(news)
    print(f"{name}: hears that", await news)


def listen_in_background(name):
    task = asyncio.create_task(listen(name), name=name)
    background.add(task)
    task.add_done_callback(background.discard)


async def main():
    listen_in_background("Ana")
    await asyncio.sleep(0.3)
    print("main: the garbage collector runs")
    gc.collect()
    print("kept:", len(background))
    await asyncio.sleep(0.3)
    print("radio: has news")
    for news in list(audience):
        news.set_result("it rains")
    await asyncio.sleep(0.3)
    print("kept:", len(background))


asyncio.run(main())
