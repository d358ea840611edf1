import asyncio


async def back_up(folder, seconds):
    print(f"{folder}: begins")
    await asyncio.sleep(seconds)
    print(f"{folder}: done")
    return f"{folder}.zip"


async def mail_first():
    async with asyncio.TaskGroup() as group:
        group.create_task(back_up("photos", 0.6))
        mail = group.create_task(back_up("mail", 0.2))
        archive = await mail
        print("mail_first: returns", archive)
        return archive


async def main():
    print("main: has", await mail_first())


asyncio.run(main())
