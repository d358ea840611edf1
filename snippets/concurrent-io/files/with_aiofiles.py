# /// script
# dependencies = ["aiofiles"]
# ///
import asyncio
import tempfile
from pathlib import Path

import aiofiles


async def count_words(path):
    words = 0
    async with aiofiles.open(path, encoding="utf-8") as file:
        async for line in file:
            words += len(line.split())
    return f"{path.name}: {words} words"


async def main(folder):
    paths = sorted(folder.glob("*.txt"))
    for count in await asyncio.gather(*[count_words(path) for path in paths]):
        print(count)


with tempfile.TemporaryDirectory() as folder:
    for number in [1, 2, 3]:
        Path(folder, f"chapter{number}.txt").write_text("so it goes\n" * 10 * number, "utf-8")
    asyncio.run(main(Path(folder)))
