import asyncio


async def main():
    loop = asyncio.get_running_loop()

    parcel = loop.create_future()
    parcel.set_result("books")
    try:
        parcel.set_result("shoes")
    except asyncio.InvalidStateError as error:
        print("second result:", error)

    lost = loop.create_future()
    lost.set_exception(LookupError("no such address"))
    try:
        await lost
    except LookupError as error:
        print("await raised:", error)

    task = asyncio.create_task(asyncio.sleep(0.2, "slept"))
    try:
        task.set_result("awake")
    except RuntimeError as error:
        print("task:", error)
    print(await task)


asyncio.run(main())
