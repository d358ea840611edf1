import asyncio
import multiprocessing
import os
import threading
import time


def wait(workers):
    time.sleep(0.2)
    workers.put((os.getpid(), threading.get_native_id()))


async def wait_in_task(workers):
    await asyncio.sleep(0.2)
    workers.put((os.getpid(), threading.get_native_id()))


async def three_tasks(workers):
    await asyncio.gather(*(wait_in_task(workers) for _ in range(3)))


def three(kind, workers):
    started = [kind(target=wait, args=[workers]) for _ in range(3)]
    for one in started:
        one.start()
    for one in started:
        one.join()


def tell(way, workers):
    seen = [workers.get() for _ in range(3)]
    processes, threads = {process for process, _ in seen}, set(seen)
    print(f"three {way}: processes {len(processes)}, threads {len(threads)}")


if __name__ == "__main__":
    workers = multiprocessing.SimpleQueue()
    asyncio.run(three_tasks(workers))
    tell("tasks", workers)
    three(threading.Thread, workers)
    tell("threads", workers)
    three(multiprocessing.Process, workers)
    tell("processes", workers)
