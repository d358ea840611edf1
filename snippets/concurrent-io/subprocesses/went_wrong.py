import asyncio
import sys

FAILS = "import sys; sys.exit('no such account')"


async def main():
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", FAILS, stderr=asyncio.subprocess.PIPE)
    _, errors = await process.communicate()
    print("exit status:", process.returncode)
    print("stderr:", errors.decode().strip())
    try:
        await asyncio.create_subprocess_exec("no-such-program")
    except FileNotFoundError:
        print("FileNotFoundError: it was never started")


asyncio.run(main())
