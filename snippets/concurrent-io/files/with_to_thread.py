import asyncio
import tempfile
from pathlib import Path


def count_words(path):
    with path.open(encoding="utf-8") as file:
        words = sum(len(line.split()) for line in file)
    return f"{path.name}: {words} words"


async def main(folder):
    paths = sorted(folder.glob("*.txt"))
    for count in await asyncio.gather(*[asyncio.to_thread(count_words, path) for path in paths]):
        print(count)


with tempfile.TemporaryDirectory() as folder:
    for number in [1, 2, 3]:
        Path(folder, f"chapter{number}.txt").write_text("so it goes\n" * 10 * number, "utf-8")
    asyncio.run(main(Path(folder)))
