# /// script
# dependencies = ["aiohttp", "fastapi", "uvicorn"]
# [tool.runnable]
# timeout = 30
# ///
import asyncio
import socket

import aiohttp
import uvicorn
from fastapi import FastAPI
from fastapi.responses import StreamingResponse

# --8<-- [start:app]
app = FastAPI()


async def chapters():
    for number in range(1, 4):
        await asyncio.sleep(0.2)
        print(f"server: sends chapter {number}")
        yield f"chapter {number}\n"


@app.get("/book")
async def book():
    return StreamingResponse(chapters(), media_type="text/plain")


async def main(url):
    async with aiohttp.ClientSession(url) as session, session.get("/book") as response:
        print("client: status", response.status)
        async for line in response.content:
            await asyncio.sleep(0.1)
            print("client: has read", line.decode().strip())


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
