import asyncio
import threading
import time

lock = threading.Lock()
under_way = most = 0


def old_library_ask(city):
    global under_way, most
    with lock:
        under_way += 1
        most = max(most, under_way)
    time.sleep(0.4)
    with lock:
        under_way -= 1
    return f"{city}: rain"


async def ask(city):
    return old_library_ask(city)


async def main():
    for answer in await asyncio.gather(ask("Oslo"), ask("Lima"), ask("Cairo")):
        print(answer)
    print(f"at once: {most}")


asyncio.run(main())
