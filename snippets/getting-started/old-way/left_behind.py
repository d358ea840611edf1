import asyncio


async def edit(draft):
    try:
        await asyncio.sleep(3600)
    except asyncio.CancelledError:
        await asyncio.sleep(0.2)
        print(f"{draft}: saved")
        raise


async def main():
    editing = asyncio.create_task(edit("letter"))
    await asyncio.sleep(0.5)
    print("main is done, the editor is not:", not editing.done())


loop = asyncio.new_event_loop()
try:
    loop.run_until_complete(main())
finally:
    loop.close()
