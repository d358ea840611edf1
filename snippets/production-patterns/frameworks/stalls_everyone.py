# /// script
# dependencies = ["aiohttp", "fastapi", "uvicorn"]
# [tool.runnable]
# timeout = 30
# ///
import asyncio
import socket
import time

import aiohttp
import uvicorn
from fastapi import FastAPI

# --8<-- [start:app]
app = FastAPI()


@app.get("/report")
async def report():
    time.sleep(0.8)  # as a library waits that knows nothing of asyncio
    return "here is the report"


@app.get("/tea")
async def tea():
    await asyncio.sleep(0.1)
    return "here is your tea"


async def visit(session, path):
    print(f"{path}: asked")
    async with session.get(path) as response:
        print(f"{path}: {await response.json()}")


async def main(url):
    async with aiohttp.ClientSession(url) as session, asyncio.TaskGroup() as group:
        group.create_task(visit(session, "/report"))
        await asyncio.sleep(0.2)
        await visit(session, "/tea")
        await visit(session, "/tea")


# --8<-- [end:app]
async def serve():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
        async with asyncio.TaskGroup() as group:
            group.create_task(asyncio.to_thread(server.run, [listener]))
            while not server.started:
                await asyncio.sleep(0.01)
            await main(f"http://127.0.0.1:{listener.getsockname()[1]}")
            server.should_exit = True


asyncio.run(serve())
