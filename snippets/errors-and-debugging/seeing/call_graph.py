# /// script
# requires-python = ">=3.14"
# ///
import asyncio


async def ask(question, answer):
    await answer


async def pack(suitcase, answer):
    await ask(f"what goes into the {suitcase} suitcase?", answer)


async def travel(answer):
    async with asyncio.TaskGroup() as group:
        group.create_task(pack("red", answer), name="red")


async def main():
    answer = asyncio.get_running_loop().create_future()
    travelling = asyncio.create_task(travel(answer), name="travel")
    await asyncio.sleep(0.3)
    for task in asyncio.all_tasks():
        if task.get_name() == "red":
            asyncio.print_call_graph(task)
    answer.set_result("everything")
    await travelling


asyncio.run(main())
