# /// script
# [tool.runnable]
# exit = 1
# ///
import asyncio


async def download(page):
    await asyncio.sleep(5)
    return page


async def main():
    task = asyncio.create_task(download("news"))
    asyncio.get_running_loop().call_later(0.2, task.cancel, "no longer needed")
    try:
        print(await task)
    except Exception as error:
        print("main: caught", repr(error))
    print("main: goes on")


asyncio.run(main())
