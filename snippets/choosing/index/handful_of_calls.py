import time
from concurrent.futures import ThreadPoolExecutor


def ask(city, seconds):
    time.sleep(seconds)
    print(f"{city}: answered")
    return f"{city}: rain"


with ThreadPoolExecutor() as pool:
    forecasts = list(pool.map(ask, ["Oslo", "Lima", "Cairo"], [0.7, 0.3, 0.5]))
print(forecasts)
