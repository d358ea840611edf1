import asyncio
import sys


async def ask(question, answer):
    print("asks:", question)
    return await answer


async def pack(suitcase, answer):
    await ask(f"what goes into the {suitcase} suitcase?", answer)


async def main():
    answer = asyncio.get_running_loop().create_future()
    tasks = [asyncio.create_task(pack(colour, answer), name=colour) for colour in ("red", "blue")]
    await asyncio.sleep(0.3)
    for task in tasks:
        task.print_stack(file=sys.stdout)
    answer.set_result("everything")
    await asyncio.gather(*tasks)
    print("all is packed")


asyncio.run(main())
