# /// script
# dependencies = ["aiohttp"]
# ///
import asyncio

import aiohttp
from aiohttp import web

# --8<-- [start:app]
MAILS = web.AppKey("mails", set[asyncio.Task])


async def mails(app):
    app[MAILS] = set()
    yield
    print("mails under way:", len(app[MAILS]))
    while app[MAILS]:
        await asyncio.wait(app[MAILS])
    print("no mail is under way")


async def send_mail(number):
    try:
        await asyncio.sleep(0.9)
        if number == 2:
            raise OSError("no mail server")
        print(f"mail {number}: sent")
    except OSError as error:
        print(f"mail {number}: not sent, {error}")


async def order(request):
    number = int(request.match_info["number"])
    task = asyncio.create_task(send_mail(number))
    request.app[MAILS].add(task)
    task.add_done_callback(request.app[MAILS].discard)
    return web.json_response({"ordered": number})


async def main(url):
    async with aiohttp.ClientSession(url) as session:
        for number in (1, 2, 3):
            async with session.post(f"/order/{number}") as response:
                print(f"order {number}: {response.status}")
            await asyncio.sleep(0.1)
    print("the server is told to stop")


# --8<-- [end:app]
async def serve():
    app = web.Application()
    app.cleanup_ctx.append(mails)
    app.router.add_post("/order/{number}", order)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    await main(f"http://127.0.0.1:{runner.addresses[0][1]}")
    await runner.cleanup()


asyncio.run(serve())
