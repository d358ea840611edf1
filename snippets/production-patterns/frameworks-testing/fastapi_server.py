# /// script
# dependencies = ["aiohttp", "fastapi", "pytest", "pytest-asyncio", "uvicorn"]
# [tool.runnable]
# timeout = 30
# ///
import asyncio
import contextlib
import os
import socket
import sys

import aiohttp
import pytest
import uvicorn
from fastapi import Depends, FastAPI, HTTPException


# --8<-- [start:app]
@contextlib.asynccontextmanager
async def lifespan(app):
    print("lifespan: begins")
    yield
    print("lifespan: ends")


app = FastAPI(lifespan=lifespan)


def prices():
    raise RuntimeError("no test may ask the real service")


@app.get("/product")
async def product(ask_price=Depends(prices)):
    try:
        async with asyncio.timeout(0.2):
            return {"price": await ask_price()}
    except TimeoutError:
        raise HTTPException(504, "no price in time") from None


# --8<-- [end:app]
# --8<-- [start:tests]
@contextlib.asynccontextmanager
async def serving(app):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
        task = asyncio.create_task(server.serve([listener]))
        try:
            while not (server.started or task.done()):
                await asyncio.sleep(0.01)
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            await task


async def ask_for_product(ask_price):
    app.dependency_overrides[prices] = lambda: ask_price
    try:
        async with serving(app) as url, aiohttp.ClientSession(url) as client:
            async with client.get("/product") as response:
                return response.status, await response.json()
    finally:
        app.dependency_overrides.clear()


async def works():
    return 4.5


async def is_slow():
    await asyncio.sleep(3600)


async def test_it_shows_the_price():
    assert await ask_for_product(works) == (200, {"price": 4.5})


async def test_it_does_not_wait_for_ever():
    assert await ask_for_product(is_slow) == (504, {"detail": "no price in time"})


# --8<-- [end:tests]
if __name__ == "__main__":
    scope = "asyncio_default_fixture_loop_scope=function"
    plugins = ["--disable-plugin-autoload", "-p", "pytest_asyncio.plugin", "-p", "no:cacheprovider"]
    options = ["-q", "-rP", *plugins, "-c", os.devnull, "-o", scope, "-o", "asyncio_mode=auto"]
    sys.exit(pytest.main([__file__, *options]))
