# /// script
# dependencies = ["psutil"]
# [tool.runnable]
# alone = true
# timeout = 60
# ///
import _thread
import json
import threading
import time

import psutil

gate = threading.Lock()
begun, ended = [], []


def wait(number):
    begun.append(number)
    with gate:
        ended.append(number)


def wait_for(count, done):
    while len(done) < count:
        time.sleep(0.001)


gate.acquire()
started = 0
memory, began = psutil.Process().memory_info().rss, time.perf_counter()
for units in (1_000, 10_000):
    while started < units:
        try:
            _thread.start_new_thread(wait, (started,))
        except RuntimeError:  # Some systems allow a program no more than some thousands.
            break
        started += 1
    wait_for(started, begun)
    seconds, grown = time.perf_counter() - began, psutil.Process().memory_info().rss - memory
    waiting = len(begun) - len(ended)
    print(json.dumps({"way": "threads", "waiting": waiting, "seconds": round(seconds, 4), "bytes": grown}))
began = time.perf_counter()
gate.release()
wait_for(started, ended)
seconds = time.perf_counter() - began
waiting = len(begun) - len(ended)
print(json.dumps({"way": "threads", "ended": len(ended), "waiting": waiting, "seconds": round(seconds, 4)}))
