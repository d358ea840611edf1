import time
from concurrent.futures import ThreadPoolExecutor


def ask(city):
    print(f"{city}: asked")
    time.sleep(0.5)
    return f"{city}: rain"


with ThreadPoolExecutor() as pool:
    for answer in pool.map(ask, ["Oslo", "Lima", "Cairo"]):
        print(answer)
