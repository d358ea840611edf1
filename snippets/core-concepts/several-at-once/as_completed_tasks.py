# /// script
# requires-python = ">=3.13"
# ///
import asyncio


async def back_up(folder, seconds):
    await asyncio.sleep(seconds)
    return f"{folder}.zip"


async def main():
    print("three backups begin")
    owners = {
        asyncio.create_task(back_up("photos", 0.9)): "Ada",
        asyncio.create_task(back_up("mail", 0.3)): "Ben",
        asyncio.create_task(back_up("music", 0.6)): "Eve",
    }
    async for task in asyncio.as_completed(owners):
        archive = await task
        print(f"stored: {archive}, for {owners[task]}")


asyncio.run(main())
