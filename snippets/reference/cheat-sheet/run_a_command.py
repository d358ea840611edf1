import asyncio
import sys
from asyncio.subprocess import PIPE

command = [sys.executable, "-c", "print('from a child')"]


# --8<-- [start:recipe]
async def main():
    start = asyncio.create_subprocess_exec
    process = await start(*command, stdout=PIPE)
    out, _ = await process.communicate()  # not wait()
    print(out.decode().strip(), process.returncode)


# --8<-- [end:recipe]


asyncio.run(main())
