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
    try:
        for number in range(1, 1000):
            print(f"server: sends chapter {number}")
            yield f"chapter {number}\n"
            await asyncio.sleep(0.8)
    except asyncio.CancelledError:
        print("server: nobody reads any more")
        raise
    finally:
        print("server: closes the book")


@app.get("/book")
async def book():
    return StreamingResponse(chapters(), media_type="text/plain")


async def main(url):
    async with aiohttp.ClientSession(url) as session, session.get("/book") as response:
        async for line in response.content:
            print("client: has read", line.decode().strip())
            if b"2" in line:
                break
        await asyncio.sleep(0.1)
        print("client: leaves")
        response.close()
        await asyncio.sleep(1.1)


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
