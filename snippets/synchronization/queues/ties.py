import asyncio
import itertools


async def main():
    queue = asyncio.PriorityQueue()
    queue.put_nowait((2, {"name": "Ada"}))
    try:
        queue.put_nowait((2, {"name": "Ben"}))
    except TypeError as error:
        print("TypeError:", error)

    queue = asyncio.PriorityQueue()
    number = itertools.count()
    for name in ["Ben", "Cleo", "Ada"]:
        queue.put_nowait((2, next(number), {"name": name}))
    while not queue.empty():
        *_, patient = queue.get_nowait()
        print(patient["name"])


asyncio.run(main())
