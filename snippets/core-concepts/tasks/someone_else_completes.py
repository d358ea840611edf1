import asyncio


async def wait_at_door(name, door):
    print(f"{name}: waits")
    parcel = await door
    print(f"{name}: sees {parcel}")


async def main():
    door = asyncio.get_running_loop().create_future()
    async with asyncio.TaskGroup() as group:
        group.create_task(wait_at_door("Ana", door))
        group.create_task(wait_at_door("Ben", door))
        await asyncio.sleep(0.5)
        print("courier: delivers")
        door.set_result("a parcel")
        print("courier: drives on")
    print("later:", await door)


asyncio.run(main())
