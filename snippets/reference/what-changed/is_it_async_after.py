# /// script
# requires-python = ">=3.14"
# ///
import asyncio
import inspect


async def fetch(): ...


print("inspect says:", inspect.iscoroutinefunction(fetch))
print("asyncio says:", asyncio.iscoroutinefunction(fetch))
