import asyncio
import sys

outbox = []


async def send(letter):
    await asyncio.sleep(0.1)
    print("sent to", letter)


def write(name):
    outbox.append(send(name))


async def main():
    write("Ada")
    write("Grace")
    await outbox.pop()
    outbox.clear()


sys.set_coroutine_origin_tracking_depth(2)
asyncio.run(main())
