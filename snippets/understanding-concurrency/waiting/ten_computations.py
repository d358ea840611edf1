import asyncio

turns = []


async def compute(number):
    turns.append(f"{number} begins")
    total = sum(n * n for n in range(500_000))
    turns.append(f"{number} ends")
    return total


async def main():
    answers = [await compute(number) for number in range(10)]
    print(f"one after another: {len(answers)} answers")
    in_sequence = turns.copy()
    turns.clear()
    answers = await asyncio.gather(*(compute(number) for number in range(10)))
    print(f"together: {len(answers)} answers")
    print(f"in another order: {turns != in_sequence}")


asyncio.run(main())
