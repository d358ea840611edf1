# /// script
# dependencies = ["aiohttp", "fastapi", "uvicorn"]
# [tool.runnable]
# timeout = 30
# ///
import asyncio
import contextlib
import signal
import socket
import sys

import aiohttp
import uvicorn
from fastapi import FastAPI


# --8<-- [start:app]
@contextlib.asynccontextmanager
async def lifespan(app):
    yield
    await asyncio.sleep(0.3)
    print("server: closes what it opened", flush=True)


app = FastAPI(lifespan=lifespan)


@app.get("/tea")
async def tea(minutes: float):
    await asyncio.sleep(minutes)
    return "here is your tea"


async def visit(session, name, minutes):
    print(f"{name}: asks")
    try:
        async with session.get("/tea", params={"minutes": minutes}) as response:
            print(f"{name}: {response.status} {await response.json()}")
    except aiohttp.ClientConnectorError as error:
        print(f"{name}: {type(error).__name__}")


async def main(url, server):
    async with aiohttp.ClientSession(url) as session, asyncio.TaskGroup() as group:
        await visit(session, "Ann", 0)
        group.create_task(visit(session, "Ben", 0.9))
        await asyncio.sleep(0.2)
        print("SIGTERM")
        server.send_signal(signal.SIGTERM)
        await asyncio.sleep(0.4)
        await visit(session, "Cleo", 0.9)
    print("exit status of the server:", await server.wait())


# --8<-- [end:app]
def serve(descriptor):
    uvicorn.Server(uvicorn.Config(app, log_level="warning")).run([socket.socket(fileno=descriptor)])


async def start():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        descriptor = listener.fileno()
        command = [sys.executable, __file__, str(descriptor)]
        server = await asyncio.create_subprocess_exec(*command, pass_fds=[descriptor])
    await main(url, server)


if len(sys.argv) > 1:
    serve(int(sys.argv[1]))
else:
    asyncio.run(start())
