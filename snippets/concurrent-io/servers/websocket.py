# /// script
# dependencies = ["aiohttp"]
# ///
import asyncio

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer


# --8<-- [start:server]
async def echo(request):
    socket = web.WebSocketResponse(heartbeat=30)
    await socket.prepare(request)
    print("server: a client is there")
    async for message in socket:
        if message.type is aiohttp.WSMsgType.TEXT:
            await socket.send_str(message.data.upper())
    print("server: the client is gone, code", socket.close_code)
    return socket


# --8<-- [end:server]
# --8<-- [start:client]
async def talk(session):
    async with session.ws_connect("/echo") as socket:
        for text in ["hello", "is it you?", "goodbye"]:
            await socket.send_str(text)
            print("client:", text, "->", await socket.receive_str())
            await asyncio.sleep(0.2)


# --8<-- [end:client]
async def main():
    app = web.Application()
    app.router.add_get("/echo", echo)
    async with TestServer(app) as server, aiohttp.ClientSession(server.make_url("/")) as session:
        await talk(session)


asyncio.run(main())
