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
MEGABYTE = bytes(1_000_000)
app = FastAPI()
sent = 0


async def megabytes():
    global sent
    for _ in range(30):
        yield MEGABYTE
        sent += 1


@app.get("/film")
async def film():
    return StreamingResponse(megabytes(), media_type="application/octet-stream")


async def main(url):
    async with aiohttp.ClientSession(url) as session, session.get("/film") as response:
        await asyncio.sleep(0.5)
        print("all sent before the client reads:", sent == 30)
        received = 0
        async for part in response.content.iter_any():
            received += len(part)
        print("megabytes received:", received // 1_000_000)


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
