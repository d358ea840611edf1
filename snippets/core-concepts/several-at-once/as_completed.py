import asyncio


async def back_up(folder, seconds):
    await asyncio.sleep(seconds)
    return f"{folder}.zip"


async def main():
    print("three backups begin")
    jobs = [back_up("photos", 0.9), back_up("mail", 0.3), back_up("music", 0.6)]
    for job in asyncio.as_completed(jobs):
        archive = await job
        print("stored:", archive)


asyncio.run(main())
