# /// script
# dependencies = ["locust"]
# [tool.runnable]
# timeout = 60
# ///
import json
import socket
import statistics
import subprocess
import sys
from collections import Counter
from pathlib import Path

from http_server import in_process, wait_a_little

CUSTOMERS = Path(__file__).parent / "_customers.py"


def main():
    with socket.create_server(("127.0.0.1", 0)) as listening, in_process(listening, wait_a_little):
        host = f"http://127.0.0.1:{listening.getsockname()[1]}"
        how_many = ["--users", "20", "--spawn-rate", "20", "--run-time", "30s"]
        locust = [sys.executable, "-m", "locust", "--headless", "--only-summary", "--json"]
        command = [*locust, "--locustfile", CUSTOMERS, "--host", host, *how_many]
        ended = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, timeout=50)
    for entry in sorted(json.loads(ended.stdout), key=lambda entry: entry["name"]):
        row = {"method": entry["method"], "name": entry["name"]}
        row |= {"requests": entry["num_requests"], "failures": entry["num_failures"]}
        # How many answers took how many milliseconds.
        took = Counter({float(each): number for each, number in entry["response_times"].items()})
        print(json.dumps(row | {"p50": statistics.median(took.elements()) / 1000}))
    print("exit status:", ended.returncode)


if __name__ == "__main__":
    main()
