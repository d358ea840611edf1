import asyncio
import sys

ADD_UP = "print(sum(range(1_000_000)))"


async def main():
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", ADD_UP, stdout=asyncio.subprocess.PIPE)
    output, _ = await process.communicate()
    print("printed:", output.decode().strip())
    print("exit status:", process.returncode)


asyncio.run(main())
