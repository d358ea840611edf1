import asyncio
import sys

SHOW = "import sys; print(sys.argv[1:])"


async def main():
    name = "holiday photos; rm -r *"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", SHOW, name, "$HOME", stdout=asyncio.subprocess.PIPE
    )
    output, _ = await process.communicate()
    print(output.decode().strip())


asyncio.run(main())
