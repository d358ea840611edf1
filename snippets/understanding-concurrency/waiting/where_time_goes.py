# /// script
# [tool.runnable]
# alone = true
# ///
import json
import socket
import threading
import time


def serve(listener):
    connection, _ = listener.accept()
    with connection:
        connection.recv(100)
        time.sleep(0.3)
        connection.sendall(b"[3, 1, 2]")


def request(address):
    with socket.create_connection(address) as connection:
        connection.sendall(b"numbers, please")
        return json.loads(connection.recv(100))


def compute():
    return sum(number * number for number in range(2_000_000))


with socket.create_server(("127.0.0.1", 0)) as listener:
    threading.Thread(target=serve, args=[listener]).start()
    address = listener.getsockname()
    for name, part in [("a request", lambda: request(address)), ("a computation", compute)]:
        began, cpu_before = time.perf_counter(), time.process_time()
        part()
        seconds, cpu = time.perf_counter() - began, time.process_time() - cpu_before
        print(json.dumps({"part": name, "seconds": round(seconds, 4), "cpu": round(cpu, 4)}))
