import asyncio


async def edit():
    try:
        print("editor: writing a letter")
        await asyncio.sleep(3600)
    except asyncio.CancelledError:
        await asyncio.sleep(0.2)
        print("editor: letter saved")
        raise


async def main():
    editor = asyncio.create_task(edit(), name="editor")
    await asyncio.sleep(0.3)
    print(f"main: time to go, {editor.get_name()}")


loop = asyncio.new_event_loop()
loop.run_until_complete(main())
loop.close()
