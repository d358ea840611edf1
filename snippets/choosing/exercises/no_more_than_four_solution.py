import threading
import time
from concurrent.futures import ThreadPoolExecutor

lock = threading.Lock()
under_way = most = 0


def download(page):
    global under_way, most
    with lock:
        under_way += 1
        most = max(most, under_way)
    time.sleep(0.5)
    with lock:
        under_way -= 1
    pages.append(page)


pages = []
with ThreadPoolExecutor(4) as pool:
    for page in range(12):
        pool.submit(download, page)
print(f"{len(pages)} pages, {most} at once")
