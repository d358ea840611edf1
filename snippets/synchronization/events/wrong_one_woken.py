import asyncio

loaves = 0


async def buy(changed, name, number):
    global loaves
    async with changed:
        await changed.wait_for(lambda: loaves >= number)
        loaves -= number
        print(f"{name}: has {number}")


async def main():
    global loaves
    changed = asyncio.Condition()
    ada = asyncio.create_task(buy(changed, "Ada", 3))
    ben = asyncio.create_task(buy(changed, "Ben", 1))
    await asyncio.sleep(0.2)
    async with changed:
        loaves += 1
        print("baker: one loaf, and notifies one")
        changed.notify()
    await asyncio.wait([ada, ben], timeout=0.5)
    print("Ben: done" if ben.done() else "Ben: still waits for one loaf")
    async with changed:
        print("baker: notifies all")
        changed.notify_all()
    await ben
    ada.cancel()


asyncio.run(main())
