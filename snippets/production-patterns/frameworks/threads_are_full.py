# /// script
# dependencies = ["aiohttp", "fastapi", "uvicorn"]
# [tool.runnable]
# timeout = 30
# ///
import asyncio
import contextlib
import socket
import time

import aiohttp
import uvicorn
from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI


# --8<-- [start:app]
@contextlib.asynccontextmanager
async def lifespan(app):
    limiter = current_default_thread_limiter()
    print(f"threads for def routes: {limiter.total_tokens:.0f}, now 2")
    limiter.total_tokens = 2
    yield


app = FastAPI(lifespan=lifespan)


@app.get("/long")
def long():
    time.sleep(1)


@app.get("/short")
def short():
    time.sleep(0.6)


@app.get("/async-def")
async def in_the_loop():
    await asyncio.sleep(0)


async def visit(session, path):
    async with session.get(path):
        print(f"{path}: answered")


async def main(url):
    async with aiohttp.ClientSession(url) as session, asyncio.TaskGroup() as group:
        for path in ("/long", "/long", "/short", "/async-def"):
            print(f"{path}: asked")
            group.create_task(visit(session, path))
            await asyncio.sleep(0.1)


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
