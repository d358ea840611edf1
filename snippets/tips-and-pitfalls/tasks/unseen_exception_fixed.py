import asyncio


async def send(name):
    await asyncio.sleep(0.2)
    if name == "Ada":
        raise ValueError("no such address")
    print(f"{name}: has mail")


def look(task):
    if not task.cancelled() and task.exception():
        print("failed:", task.exception())


async def main():
    mails = []
    for name in ("Ada", "Grace"):
        task = asyncio.create_task(send(name))
        task.add_done_callback(look)
        mails.append(task)
    await asyncio.sleep(0.8)
    print("main: has looked at all mail")


asyncio.run(main())
