import asyncio
import sys


def print_place(task):
    print(f"{task.get_name()} waits in")
    awaited = task.get_coro()
    while frame := getattr(awaited, "cr_frame", None):
        print(f"  {frame.f_code.co_name}, line {frame.f_lineno}")
        awaited = awaited.cr_await


async def ask(question, answer):
    print("asks:", question)
    return await answer


async def pack(suitcase, answer):
    await ask(f"what goes into the {suitcase} suitcase?", answer)


async def main():
    answer = asyncio.get_running_loop().create_future()
    packing = asyncio.create_task(pack("red", answer), name="red")
    await asyncio.sleep(0.3)
    packing.print_stack(file=sys.stdout)
    print_place(packing)
    answer.set_result("everything")
    await packing


asyncio.run(main())
