import asyncio
import sys

SLOW = "import time; print('begins', flush=True); time.sleep(60); print('ends')"


async def main():
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", SLOW, stdout=asyncio.subprocess.PIPE)
    print("program:", (await process.stdout.readline()).decode().strip())
    try:
        async with asyncio.timeout(0.5):
            await process.wait()
    except TimeoutError:
        print("the time is up, and the program runs on:", process.returncode is None)
        process.kill()
        await process.wait()
    print("killed:", process.returncode != 0)


asyncio.run(main())
