# /// script
# dependencies = ["aiohttp", "fastapi", "uvicorn"]
# [tool.runnable]
# timeout = 30
# exit = 3
# ///
import asyncio
import contextlib
import socket

import aiohttp
import uvicorn
from fastapi import FastAPI


@contextlib.asynccontextmanager
async def lifespan(app):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # a port on which nobody listens
        prices = f"http://127.0.0.1:{nobody.getsockname()[1]}/health"
        async with aiohttp.ClientSession() as session:
            for attempt in range(1, 4):
                try:
                    await session.get(prices)
                    break
                except aiohttp.ClientConnectorError as error:
                    print(f"attempt {attempt}: {type(error).__name__}")
                    await asyncio.sleep(0.1)
            else:
                raise RuntimeError("the prices are not there")
            yield {"session": session}


app = FastAPI(lifespan=lifespan)

uvicorn.run(app, port=0, log_level="error")
