import asyncio
import sys

SQUARE = """
for line in iter(input, "end"):
    print(int(line) ** 2, flush=True)
"""


async def main():
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", SQUARE, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    for number in [3, 12]:
        process.stdin.write(f"{number}\n".encode())
        await process.stdin.drain()
        answer = await process.stdout.readline()
        print(f"{number} -> {answer.decode().strip()}")
    process.stdin.write(b"end\n")
    process.stdin.close()
    print("exit status:", await process.wait())


asyncio.run(main())
