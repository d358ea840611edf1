import asyncio
import sys

MUCH = "print('x' * 1_000_000)"


async def main():
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", MUCH, stdout=asyncio.subprocess.PIPE)
    try:
        async with asyncio.timeout(1):
            await process.wait()
    except TimeoutError:
        print("after a second: still not done")
    output, _ = await process.communicate()
    print(f"read {len(output.strip())} characters, exit status {process.returncode}")


asyncio.run(main())
