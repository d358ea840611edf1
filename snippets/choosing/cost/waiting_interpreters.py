# /// script
# requires-python = ">=3.14"
# dependencies = ["psutil"]
# [tool.runnable]
# alone = true
# timeout = 60
# ///
import json
import os
import threading
import time
from concurrent import interpreters

import psutil

WAIT = "import os; os.write({ready}, b'.'); os.read({gate}, 1)"

ready, started = os.pipe()
gate, opens = os.pipe()
threads = []
memory, began = psutil.Process().memory_info().rss, time.perf_counter()
for _ in range(20):
    wait = WAIT.format(ready=started, gate=gate)
    threads.append(threading.Thread(target=interpreters.create().exec, args=[wait]))
    threads[-1].start()
for _ in threads:
    os.read(ready, 1)
seconds, grown = time.perf_counter() - began, psutil.Process().memory_info().rss - memory
waiting = sum(thread.is_alive() for thread in threads)
print(json.dumps({"way": "interpreters", "waiting": waiting, "seconds": round(seconds, 4), "bytes": grown}))
began = time.perf_counter()
os.write(opens, b"." * len(threads))
for thread in threads:
    thread.join()
for interpreter in interpreters.list_all()[1:]:
    interpreter.close()
seconds = time.perf_counter() - began
waiting = sum(thread.is_alive() for thread in threads)
print(json.dumps({"way": "interpreters", "ended": len(threads), "waiting": waiting, "seconds": round(seconds, 4)}))
