import threading
import time

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
threads = [threading.Thread(target=download, args=[page]) for page in range(12)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(f"{len(pages)} pages, {most} at once")
