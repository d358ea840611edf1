import asyncio


async def treat(queue):
    while not queue.empty():
        urgency, patient = await queue.get()
        print(f"doctor: {patient} (urgency {urgency})")
        await asyncio.sleep(0.6)


async def main():
    queue = asyncio.PriorityQueue()
    for patient in [(3, "a cold"), (2, "a broken arm"), (3, "a cough")]:
        queue.put_nowait(patient)
    async with asyncio.TaskGroup() as group:
        group.create_task(treat(queue))
        await asyncio.sleep(0.9)
        print("an ambulance arrives")
        queue.put_nowait((1, "a heart attack"))


asyncio.run(main())
