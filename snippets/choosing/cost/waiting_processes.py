# /// script
# dependencies = ["psutil"]
# [tool.runnable]
# alone = true
# timeout = 60
# ///
import json
import multiprocessing
import time

import psutil


def wait(ready, gate):
    ready.release()
    with gate:
        pass


def main():
    ready, gate = multiprocessing.Semaphore(0), multiprocessing.Lock()
    gate.acquire()
    processes = []
    began = time.perf_counter()
    for _ in range(20):
        processes.append(multiprocessing.Process(target=wait, args=[ready, gate]))
        processes[-1].start()
    for _ in processes:
        ready.acquire()
    seconds = time.perf_counter() - began
    own = sum(psutil.Process(process.pid).memory_full_info().uss for process in processes)
    waiting = sum(process.is_alive() for process in processes)
    print(json.dumps({"way": "processes", "waiting": waiting, "seconds": round(seconds, 4), "bytes": own}))
    print(json.dumps({"started by": multiprocessing.get_start_method()}))
    began = time.perf_counter()
    gate.release()
    for process in processes:
        process.join()
    seconds = time.perf_counter() - began
    waiting = sum(process.is_alive() for process in processes)
    print(json.dumps({"way": "processes", "ended": len(processes), "waiting": waiting, "seconds": round(seconds, 4)}))


if __name__ == "__main__":
    main()
