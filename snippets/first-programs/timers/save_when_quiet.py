import asyncio


async def save_when_quiet():
    await asyncio.sleep(0.5)
    print("saved")


async def main():
    timer = None
    for key, pause in [("h", 0.2), ("e", 0.2), ("y", 0.8), ("!", 0.7)]:
        print(f"typed {key}")
        if timer:
            timer.cancel()
        timer = asyncio.create_task(save_when_quiet())
        await asyncio.sleep(pause)


asyncio.run(main())
