import asyncio


async def ask(number):
    await asyncio.sleep(0.1)
    return number


async def main():
    answers = [await ask(number) for number in range(10)]
    print(f"one after another: {len(answers)} answers")
    answers = await asyncio.gather(*(ask(number) for number in range(10)))
    print(f"together: {len(answers)} answers")


asyncio.run(main())
