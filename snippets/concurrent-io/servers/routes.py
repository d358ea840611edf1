# /// script
# dependencies = ["aiohttp"]
# ///
import asyncio

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

# --8<-- [start:server]
NOTES = web.AppKey("notes", list)
routes = web.RouteTableDef()


@routes.post("/notes")
async def add(request):
    try:
        text = (await request.json())["text"]
    except (ValueError, KeyError, TypeError):
        raise web.HTTPBadRequest(text='send {"text": "..."}')
    notes = request.app[NOTES]
    notes.append(text)
    return web.json_response({"number": len(notes)}, status=201)


@routes.get(r"/notes/{number:\d+}")
async def read(request):
    number = int(request.match_info["number"])
    notes = request.app[NOTES]
    if not 1 <= number <= len(notes):
        raise web.HTTPNotFound(text=f"there is no note {number}")
    return web.json_response({"number": number, "text": notes[number - 1]})


def make_app():
    app = web.Application()
    app[NOTES] = []
    app.add_routes(routes)
    return app


# --8<-- [end:server]
async def ask(session, method, path, **data):
    async with session.request(method, path, **data) as response:
        print(method, path, "->", response.status, await response.text())


async def main():
    async with TestServer(make_app()) as server, aiohttp.ClientSession(server.make_url("/")) as session:
        await ask(session, "POST", "/notes", json={"text": "buy tea"})
        await ask(session, "GET", "/notes/1")
        await ask(session, "GET", "/notes/2")
        await ask(session, "POST", "/notes", data="buy tea")
        await ask(session, "DELETE", "/notes")


asyncio.run(main())
