import asyncio
import signal
import sys

DUMP = signal.SIGBREAK if sys.platform == "win32" else signal.SIGUSR1


def dump(number, frame):
    for task in sorted(asyncio.all_tasks(), key=asyncio.Task.get_name):
        task.print_stack(file=sys.stdout)


async def back_up(folder, disk):
    async with disk:
        await asyncio.sleep(1)
        print(f"{folder}: done")


async def main():
    # Stands for someone who types `kill -USR1 <process number>`.
    asyncio.get_running_loop().call_later(0.4, signal.raise_signal, DUMP)
    disk = asyncio.Lock()
    await asyncio.gather(
        asyncio.create_task(back_up("mail", disk), name="mail"),
        asyncio.create_task(back_up("photos", disk), name="photos"),
    )


signal.signal(DUMP, dump)
asyncio.run(main())
