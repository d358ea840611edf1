# /// script
# dependencies = ["aiofiles"]
# ///
import asyncio
import tempfile
from pathlib import Path

import aiofiles


async def write_entry(file, lock, name):
    if lock is None:
        await write_parts(file, name)
    else:
        async with lock:
            await write_parts(file, name)


async def write_parts(file, name):
    await file.write(f"{name} begins, ")
    await asyncio.sleep(0.8)  # finds out what to write
    await file.write(f"{name} ends\n")


async def main(folder):
    for lock in [None, asyncio.Lock()]:
        async with aiofiles.open(folder / "log.txt", "w", encoding="utf-8") as file:
            async with asyncio.TaskGroup() as group:
                group.create_task(write_entry(file, lock, "Ada"))
                await asyncio.sleep(0.4)
                group.create_task(write_entry(file, lock, "Ben"))
        print("with a lock:" if lock else "without:")
        print((folder / "log.txt").read_text("utf-8"), end="")


with tempfile.TemporaryDirectory() as folder:
    asyncio.run(main(Path(folder)))
