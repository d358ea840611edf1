# /// script
# dependencies = ["psutil"]
# [tool.runnable]
# alone = true
# timeout = 60
# ///
import json
import threading
import time

import psutil


def wait(gate):
    with gate:
        pass


gate = threading.Lock()
gate.acquire()
threads = []
memory, began = psutil.Process().memory_info().rss, time.perf_counter()
for units in (1_000, 10_000):
    while len(threads) < units:
        thread = threading.Thread(target=wait, args=[gate])
        try:
            thread.start()
        except RuntimeError:  # Some systems allow a program no more than some thousands.
            break
        threads.append(thread)
    seconds, grown = time.perf_counter() - began, psutil.Process().memory_info().rss - memory
    waiting = sum(thread.is_alive() for thread in threads)
    print(json.dumps({"way": "threads", "waiting": waiting, "seconds": round(seconds, 4), "bytes": grown}))
began = time.perf_counter()
gate.release()
for thread in threads:
    thread.join()
seconds = time.perf_counter() - began
waiting = sum(thread.is_alive() for thread in threads)
print(json.dumps({"way": "threads", "ended": len(threads), "waiting": waiting, "seconds": round(seconds, 4)}))
