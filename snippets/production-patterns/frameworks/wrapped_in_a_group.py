# /// script
# dependencies = ["aiohttp", "fastapi", "uvicorn"]
# [tool.runnable]
# timeout = 30
# ///
import asyncio
import socket

import aiohttp
import uvicorn
from fastapi import FastAPI, HTTPException

# --8<-- [start:app]
app = FastAPI()


async def price():
    await asyncio.sleep(0.1)
    raise HTTPException(503, "no price today")


@app.get("/in-a-group")
async def in_a_group():
    async with asyncio.TaskGroup() as group:
        group.create_task(price())


@app.get("/unwrapped")
async def unwrapped():
    refusals = []
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(price())
    except* HTTPException as errors:
        refusals.extend(errors.exceptions)
    if refusals:
        raise refusals[0]


async def main(url):
    async with aiohttp.ClientSession(url) as session:
        for path in ("/in-a-group", "/unwrapped"):
            async with session.get(path) as response:
                print(f"{path}: {response.status} {await response.text()}")


# --8<-- [end:app]
async def serve():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_level="critical"))
        async with asyncio.TaskGroup() as group:
            group.create_task(server.serve([listener]))
            while not server.started:
                await asyncio.sleep(0.01)
            await main(f"http://127.0.0.1:{listener.getsockname()[1]}")
            server.should_exit = True


asyncio.run(serve())
