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
    print("mails under way:", len(background))
    while background:
        await asyncio.wait(background)
    print("all mails are sent")


background = set()
app = FastAPI(lifespan=lifespan)


async def send_mail(number):
    await asyncio.sleep(1.2)
    print(f"mail {number}: sent")


@app.post("/order/{number}")
async def order(number: int):
    task = asyncio.create_task(send_mail(number))
    background.add(task)
    task.add_done_callback(background.discard)
    return {"ordered": number}


async def main(url):
    async with aiohttp.ClientSession(url) as session:
        for number in (1, 2, 3):
            async with session.post(f"/order/{number}") as response:
                print(f"order {number}: {response.status}")
            await asyncio.sleep(0.1)
    print("the server is told to stop")


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
