# /// script
# dependencies = ["aiofiles"]
# [tool.runnable]
# alone = true
# timeout = 30
# ///
import asyncio
import tempfile
from pathlib import Path

import aiofiles


def read_all(paths):
    return [path.read_bytes() for path in paths]


async def with_aiofiles(path):
    async with aiofiles.open(path, "rb") as file:
        return await file.read()


async def with_aiofiles_lines(path):
    async with aiofiles.open(path, "rb") as file:
        return [line async for line in file]


async def main(small, large):
    await asyncio.to_thread(print, "200 small files")  # starts a thread, so that nobody below pays for the first one
    got = read_all(small)
    print("plain reading:", len(got), "files")
    got = await asyncio.to_thread(read_all, small)
    print("one to_thread for all:", len(got), "files")
    got = await asyncio.gather(*[asyncio.to_thread(path.read_bytes) for path in small])
    print("a to_thread for each:", len(got), "files")
    got = await asyncio.gather(*[with_aiofiles(path) for path in small])
    print("aiofiles:", len(got), "files")
    print("one file of 3000 lines")
    got = large.read_bytes().splitlines()
    print("plain reading, at once:", len(got), "lines")
    with large.open("rb") as file:
        got = list(file)
    print("plain reading, line by line:", len(got), "lines")
    got = (await asyncio.to_thread(large.read_bytes)).splitlines()
    print("to_thread, at once:", len(got), "lines")
    got = (await with_aiofiles(large)).splitlines()
    print("aiofiles, at once:", len(got), "lines")
    got = await with_aiofiles_lines(large)
    print("aiofiles, line by line:", len(got), "lines")


with tempfile.TemporaryDirectory() as folder:
    small = [Path(folder, f"{number}.txt") for number in range(200)]
    for path in small:
        path.write_bytes(b"so it goes\n" * 400)
    large = Path(folder, "large.txt")
    large.write_bytes(b"so it goes\n" * 3000)
    read_all([*small, large])  # once, so that all find them in the same state
    asyncio.run(main(small, large))
