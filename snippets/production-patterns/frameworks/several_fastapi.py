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
from aiohttp import web
from aiohttp.test_utils import TestServer
from fastapi import FastAPI, Request

ANSWERS = {"price": 4.5, "stock": 12, "reviews": ["Strong."]}
WAITS = {"price": 0.4, "stock": 0.2, "reviews": 0.6}


async def service(request):
    name = request.match_info["service"]
    await asyncio.sleep(WAITS[name])
    print(f"{name}: answers")
    return web.json_response(ANSWERS[name])


@contextlib.asynccontextmanager
async def lifespan(app):
    services = web.Application()
    services.router.add_get("/{service}", service)
    async with TestServer(services) as server, aiohttp.ClientSession(server.make_url("/")) as session:
        yield {"session": session}


# --8<-- [start:app]
app = FastAPI(lifespan=lifespan)


async def ask(session, service):
    async with session.get(f"/{service}") as response:
        response.raise_for_status()
        return await response.json()


@app.get("/product")
async def product(request: Request):
    session = request.state.session
    async with asyncio.timeout(2), asyncio.TaskGroup() as group:
        price = group.create_task(ask(session, "price"))
        stock = group.create_task(ask(session, "stock"))
        reviews = group.create_task(ask(session, "reviews"))
    return {"price": price.result(), "stock": stock.result(), "reviews": reviews.result()}


async def main(url):
    async with aiohttp.ClientSession(url) as session:
        print("asking for the product")
        async with session.get("/product") as response:
            print(response.status, await response.json())


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
