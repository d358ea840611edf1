# /// script
# dependencies = ["fastapi"]
# ///
import asyncio
import contextlib

from fastapi import FastAPI


# --8<-- [start:program]
@contextlib.asynccontextmanager
async def lifespan(app):
    print("lifespan: begins")
    app.state.price = 4.5
    yield
    print("lifespan: ends")


app = FastAPI(lifespan=lifespan)


@app.get("/product")
async def product():
    return {"price": getattr(app.state, "price", "unknown, the lifespan has not begun")}


async def get(path):
    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": []}
    messages = []

    async def receive():
        return {"type": "http.request", "body": b""}

    async def send(message):
        messages.append(message)

    await app(scope, receive, send)
    start, *rest = messages
    return start["status"], b"".join(message.get("body", b"") for message in rest).decode()


async def main():
    print(*await get("/product"))
    async with app.router.lifespan_context(app):
        print(*await get("/product"))


# --8<-- [end:program]
asyncio.run(main())
