import asyncio


def report(loop, context):
    for key, value in context.items():
        if key == "exception":
            print(f"handler: {key}: {value!r}")
        elif key == "message":
            print(f"handler: {key}: {value}")
        else:
            print(f"handler: {key}")


async def save(order):
    await asyncio.sleep(0.2)
    raise OSError(f"{order}: disk full")


async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(report)
    loop.call_later(0.1, int, "twelve")
    unseen = asyncio.create_task(save("order 7"), name="saver")
    await asyncio.sleep(0.4)
    print("main: forgets the task")
    del unseen
    await asyncio.sleep(0.2)
    print("main: goes on")


asyncio.run(main())
