import asyncio


async def send(name):
    await asyncio.sleep(0.2)
    if name == "Ada":
        raise ValueError("no such address")
    print(f"{name}: has mail")


async def main():
    mails = []
    for name in ("Ada", "Grace"):
        task = asyncio.create_task(send(name))
        mails.append(task)
    await asyncio.sleep(0.8)
    print("main: all mail is sent")


asyncio.run(main())
