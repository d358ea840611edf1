# /// script
# dependencies = ["aiohttp", "fastapi", "uvicorn"]
# [tool.runnable]
# timeout = 30
# ///
import asyncio
import socket

import aiohttp
import uvicorn
from fastapi import FastAPI, Request

# --8<-- [start:app]
app = FastAPI()


async def count_all_tea():
    try:
        await asyncio.sleep(0.8)
        print("server: counted, for nobody")
    except asyncio.CancelledError:
        print("server: counting called off")
        raise


@app.get("/count")
async def count():
    await count_all_tea()


@app.get("/count-and-look")
async def count_and_look(request: Request):
    counting = asyncio.create_task(count_all_tea())
    while not counting.done():
        if await request.is_disconnected():
            counting.cancel()
        await asyncio.wait([counting], timeout=0.1)


async def main(url):
    limit = aiohttp.ClientTimeout(total=0.3)
    async with aiohttp.ClientSession(url, timeout=limit) as session:
        for path in ("/count", "/count-and-look"):
            try:
                await session.get(path)
            except TimeoutError:
                print(f"client: waits no longer for {path}")
            await asyncio.sleep(0.7)


# --8<-- [end:app]
async def serve():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
        async with asyncio.TaskGroup() as group:
            group.create_task(server.serve([listener]))
            while not server.started:
                await asyncio.sleep(0.01)
            await main(f"http://127.0.0.1:{listener.getsockname()[1]}")
            server.should_exit = True


asyncio.run(serve())
