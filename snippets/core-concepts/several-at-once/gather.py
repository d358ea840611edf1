import asyncio


async def back_up(folder, seconds):
    print(f"{folder}: begins")
    await asyncio.sleep(seconds)
    print(f"{folder}: done")
    return f"{folder}.zip"


async def main():
    archives = await asyncio.gather(
        back_up("photos", 0.9),
        back_up("mail", 0.3),
        back_up("music", 0.6),
    )
    print(archives)


asyncio.run(main())
