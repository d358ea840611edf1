import asyncio
import sys


async def count_words(chapter):
    await asyncio.sleep(0.2)
    return chapter * 1000


def progress(text):
    if sys.stderr.isatty():
        print(text, end="\r", flush=True, file=sys.stderr)


async def main():
    words = 0
    for chapter in (1, 2, 3):
        progress(f"counting chapter {chapter}")
        words += await count_words(chapter)
    print(f"{words} words in three chapters")


asyncio.run(main())
