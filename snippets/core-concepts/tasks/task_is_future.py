import asyncio


async def bake(bread):
    await asyncio.sleep(0.5)
    return f"{bread}, baked"


def taken_out(future):
    print("callback:", future.result())


async def main():
    task = asyncio.create_task(bake("rye"))
    print("a Task is a Future:", issubclass(asyncio.Task, asyncio.Future))
    print("done:", task.done())
    try:
        task.result()
    except asyncio.InvalidStateError as error:
        print("result:", error)
    task.add_done_callback(taken_out)
    await task
    print("done:", task.done())
    print("result:", task.result())
    print("exception:", task.exception())


asyncio.run(main())
