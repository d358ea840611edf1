# /// script
# dependencies = ["aiohttp", "fastapi", "uvicorn"]
# [tool.runnable]
# timeout = 30
# ///
import asyncio
import socket

import aiohttp
import uvicorn
from fastapi import BackgroundTasks, FastAPI

# --8<-- [start:app]
app = FastAPI()


async def send_mail(number):
    await asyncio.sleep(0.9)
    if number == 2:
        raise OSError("no mail server")
    print(f"mail {number}: sent")


async def try_to_send_mail(number):
    try:
        await send_mail(number)
    except OSError as error:
        print(f"mail {number}: not sent, {error}")


@app.post("/order/{number}")
async def order(number: int, background: BackgroundTasks):
    background.add_task(try_to_send_mail, number)
    return {"ordered": number}


async def main(url):
    async with aiohttp.ClientSession(url) as session:
        for number in (1, 2):
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
