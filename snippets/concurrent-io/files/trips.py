# /// script
# dependencies = ["aiofiles"]
# ///
import asyncio
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import aiofiles


class CountingPool(ThreadPoolExecutor):
    trips = 0

    def submit(self, function, /, *args, **kwargs):
        self.trips += 1
        return super().submit(function, *args, **kwargs)


async def line_by_line(path):
    async with aiofiles.open(path, encoding="utf-8") as file:
        return [line async for line in file]


async def at_once(path):
    async with aiofiles.open(path, encoding="utf-8") as file:
        return (await file.read()).splitlines()


async def in_one_thread(path):
    return (await asyncio.to_thread(path.read_text, "utf-8")).splitlines()


async def main(path):
    for read in [line_by_line, at_once, in_one_thread]:
        pool = CountingPool()
        asyncio.get_running_loop().set_default_executor(pool)
        lines = await read(path)
        pool.shutdown()
        print(f"{read.__name__}: {len(lines)} lines, {pool.trips} trips to a thread")


with tempfile.TemporaryDirectory() as folder:
    letter = Path(folder, "letter.txt")
    letter.write_text("so it goes\n" * 1000, "utf-8")
    asyncio.run(main(letter))
