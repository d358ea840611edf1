import asyncio


async def back_up(folder, seconds):
    print(f"{folder}: begins")
    await asyncio.sleep(seconds)
    print(f"{folder}: done")
    return f"{folder}.zip"


async def main():
    async with asyncio.TaskGroup() as group:
        photos = group.create_task(back_up("photos", 0.9))
        mail = group.create_task(back_up("mail", 0.3))
        music = group.create_task(back_up("music", 0.6))
        print("main: at the end of the block")
    print([photos.result(), mail.result(), music.result()])


asyncio.run(main())
