# /// script
# dependencies = ["aiohttp", "fastapi", "uvicorn"]
# [tool.runnable]
# timeout = 30
# alone = true
# ///
import asyncio
import json
import socket
import time

import aiohttp
import uvicorn
from fastapi import FastAPI

# --8<-- [start:app]
app = FastAPI()
served = 0


@app.get("/quick")
async def quick():
    global served
    served += 1


@app.get("/blocks")
async def blocks():
    before = served
    time.sleep(0.15)
    return {"route": "async def", "call": "time.sleep", "meanwhile": served - before}


@app.get("/in_a_thread")
def in_a_thread():
    before = served
    time.sleep(0.15)
    return {"route": "def", "call": "time.sleep", "meanwhile": served - before}


@app.get("/awaits")
async def awaits():
    before = served
    await asyncio.sleep(0.15)
    return {"route": "async def", "call": "await asyncio.sleep", "meanwhile": served - before}


async def get(session, path):
    async with session.get(path) as response:
        return await response.json()


async def visit(session):
    while True:
        await get(session, "/quick")


async def main(url):
    async with aiohttp.ClientSession(url) as session:
        visitors = [asyncio.create_task(visit(session)) for _ in range(4)]
        for number in range(1, 4):
            for path in ("/blocks", "/in_a_thread", "/awaits"):
                await asyncio.sleep(0.02)
                print(json.dumps({"round": number, **await get(session, path)}))
        for visitor in visitors:
            visitor.cancel()
        await asyncio.wait(visitors)


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
