# /// script
# [tool.runnable]
# alone = true
# timeout = 60
# ///
import asyncio
import json
import multiprocessing
import socket
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

REQUESTS = 20


# --8<-- [start:ways]
def ask(address):
    with socket.create_connection(address) as connection:
        connection.sendall(b"hello\n")
        return int(connection.recv(100))


async def ask_async(address):
    reader, writer = await asyncio.open_connection(*address)
    writer.write(b"hello\n")
    answer = int(await reader.read(100))
    writer.close()
    return answer


async def ask_all(address):
    return await asyncio.gather(*(ask_async(address) for _ in range(REQUESTS)))


def in_pool(pool, address):
    with pool:
        return list(pool.map(ask, [address] * REQUESTS))


WAYS = {
    "one after another": lambda address: [ask(address) for _ in range(REQUESTS)],
    "asyncio tasks": lambda address: asyncio.run(ask_all(address)),
    "threads": lambda address: in_pool(ThreadPoolExecutor(REQUESTS), address),
    "processes": lambda address: in_pool(ProcessPoolExecutor(REQUESTS), address),
}
# --8<-- [end:ways]


under_way = 0


async def answer(reader, writer):
    global under_way
    await reader.readline()
    under_way += 1
    seen = under_way
    await asyncio.sleep(0.03)
    under_way -= 1
    writer.write(b"%d" % seen)
    writer.close()


async def serve(pipe):
    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    pipe.send(server.sockets[0].getsockname())
    await server.serve_forever()


def run_server(pipe):
    asyncio.run(serve(pipe))


if __name__ == "__main__":
    ours, its = multiprocessing.Pipe()
    server = multiprocessing.Process(target=run_server, args=[its], daemon=True)
    server.start()
    address = ours.recv()
    for number in (1, 2):
        for name, way in WAYS.items():
            began = time.perf_counter()
            answers = way(address)
            seconds = round(time.perf_counter() - began, 4)
            measured = {"answers": len(answers), "at once": max(answers), "seconds": seconds}
            print(json.dumps({"way": name, "round": number} | measured))
    server.terminate()
    server.join()
