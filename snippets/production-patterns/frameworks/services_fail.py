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
from fastapi import FastAPI, HTTPException, Request


async def service(request):
    kind = request.match_info["kind"]
    if kind == "fails":
        raise web.HTTPInternalServerError
    if kind == "is_slow":
        await asyncio.sleep(0.6)
    elif kind == "sends_html":
        return web.Response(text="<h1>Welcome</h1>", content_type="text/html")
    elif kind == "sends_half":
        return web.Response(text='{"price": 4', content_type="application/json")
    elif kind == "sends_other":
        return web.json_response({"error": "no such tea"})
    elif kind == "hangs_up":
        request.transport.close()
    return web.json_response({"price": 4.5})


@contextlib.asynccontextmanager
async def lifespan(app):
    services = web.Application()
    services.router.add_get("/{kind}", service)
    limit = aiohttp.ClientTimeout(total=0.3)
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # a port on which nobody listens
        async with TestServer(services) as server, aiohttp.ClientSession(timeout=limit) as session:
            down = f"http://127.0.0.1:{nobody.getsockname()[1]}/"
            yield {"session": session, "services": server.make_url("/"), "down": down}


# --8<-- [start:app]
app = FastAPI(lifespan=lifespan)


async def fetch_price(session, url):
    async with session.get(url) as response:
        response.raise_for_status()
        answer = await response.json()
        return float(answer["price"])


@app.get("/product/{kind}")
async def product(kind: str, request: Request):
    state = request.state
    url = state.down if kind == "is_down" else state.services / kind
    try:
        return await fetch_price(state.session, url)
    except TimeoutError as error:
        status, reason = 504, error
    except aiohttp.ClientConnectorError as error:
        status, reason = 503, error
    except (aiohttp.ClientError, ValueError, LookupError, TypeError) as error:
        status, reason = 502, error
    print(f"{kind}: {type(reason).__name__}")
    raise HTTPException(status, "no price today")


async def main(url):
    kinds = ["works", "is_down", "is_slow", "fails", "hangs_up", "sends_html", "sends_half", "sends_other"]
    async with aiohttp.ClientSession(url) as session:
        for kind in kinds:
            async with session.get(f"/product/{kind}") as response:
                print(f"{kind}: the visitor gets {response.status} {await response.text()}")


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
