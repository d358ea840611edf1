# /// script
# dependencies = ["aiohttp"]
# ///
import asyncio

import aiohttp
from aiohttp import web

# --8<-- [start:app]
closed = asyncio.Event()


async def book(request):
    response = web.StreamResponse(headers={"Content-Type": "text/plain"})
    await response.prepare(request)
    try:
        for number in range(1, 1000):
            print(f"server: sends chapter {number}")
            await response.write(f"chapter {number}\n".encode())
            await asyncio.sleep(0.8)
    except ConnectionResetError as error:
        print(f"server: {type(error).__name__}: {error}")
    finally:
        print("server: closes the book")
        closed.set()
    return response


async def main(url):
    async with aiohttp.ClientSession(url) as session, session.get("/book") as response:
        async for line in response.content:
            print("client: has read", line.decode().strip())
            if b"2" in line:
                break
        await asyncio.sleep(0.1)
        print("client: leaves")
        response.close()
        await closed.wait()


# --8<-- [end:app]
async def serve():
    app = web.Application()
    app.router.add_get("/book", book)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    await main(f"http://127.0.0.1:{runner.addresses[0][1]}")
    await runner.cleanup()


asyncio.run(serve())
