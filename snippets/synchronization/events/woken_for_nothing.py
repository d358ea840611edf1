import asyncio

loaves = 0


async def buy(changed, name):
    global loaves
    async with changed:
        if loaves == 0:
            await changed.wait()
        loaves -= 1
        print(f"{name}: takes one, {loaves} left")


async def main():
    global loaves
    changed = asyncio.Condition()
    async with asyncio.TaskGroup() as group:
        group.create_task(buy(changed, "Ada"))
        group.create_task(buy(changed, "Ben"))
        await asyncio.sleep(0.2)
        async with changed:
            loaves += 1
            print("baker: one loaf")
            changed.notify_all()


asyncio.run(main())
