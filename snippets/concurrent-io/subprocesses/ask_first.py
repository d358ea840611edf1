import asyncio
import sys

POLITE = """
import signal, sys, time
def stop(*_):
    print("saves its work", flush=True)
    sys.exit()
signal.signal(signal.SIGTERM, stop)
print("begins", flush=True)
while True:
    time.sleep(0.1)
"""
STUBBORN = POLITE.replace("sys.exit()", "")


async def stop(process, patience):
    process.terminate()
    try:
        async with asyncio.timeout(patience):
            await process.wait()
    except TimeoutError:
        print("does not go by itself")
        process.kill()
        await process.wait()


async def main():
    for name, code, patience in [("polite", POLITE, 5), ("stubborn", STUBBORN, 1)]:
        process = await asyncio.create_subprocess_exec(sys.executable, "-c", code, stdout=asyncio.subprocess.PIPE)
        print(f"{name}:", (await process.stdout.readline()).decode().strip())
        await stop(process, patience)
        print(f"{name}:", (await process.stdout.read()).decode().strip(), "- exit status", process.returncode)


asyncio.run(main())
