# /// script
# dependencies = ["aiohttp", "fastapi", "uvicorn"]
# [tool.runnable]
# timeout = 30
# ///
import asyncio
import contextlib
import socket

import aiohttp
import uvicorn
from fastapi import FastAPI


# --8<-- [start:app]
@contextlib.asynccontextmanager
async def lifespan(app):
    yield
    await asyncio.sleep(0.1)
    print("lifespan: closes what it opened")


app = FastAPI(lifespan=lifespan)


@app.get("/tea")
async def tea(minutes: float):
    try:
        await asyncio.sleep(minutes)
    except asyncio.CancelledError:
        print("tea: called off")
        raise
    return "here is your tea"


async def visit(session, name, minutes):
    try:
        async with session.get("/tea", params={"minutes": minutes}) as response:
            print(f"{name}: {response.status} {await response.text()}")
    except aiohttp.ClientError as error:
        print(f"{name}: {type(error).__name__}")


async def main(url, stop):
    async with aiohttp.ClientSession(url) as session, asyncio.TaskGroup() as group:
        group.create_task(visit(session, "Ann", 0.5))
        group.create_task(visit(session, "Ben", 3600))
        await asyncio.sleep(0.2)
        print("the server is told to stop")
        stop()


# --8<-- [end:app]
async def serve():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        config = uvicorn.Config(app, log_level="critical", timeout_graceful_shutdown=0.6)
        server = uvicorn.Server(config)

        def stop():
            server.should_exit = True

        async with asyncio.TaskGroup() as group:
            group.create_task(server.serve([listener]))
            while not server.started:
                await asyncio.sleep(0.01)
            await main(f"http://127.0.0.1:{listener.getsockname()[1]}", stop)


asyncio.run(serve())
