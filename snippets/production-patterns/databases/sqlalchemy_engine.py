# /// script
# dependencies = ["asyncpg", "sqlalchemy[asyncio]"]
# [tool.runnable]
# timeout = 20
# services = ["postgresql"]
# ///
import asyncio
import os

from sqlalchemy import exc, text
from sqlalchemy.ext.asyncio import create_async_engine

URL = os.environ.get("POSTGRESQL_URL", "postgresql://guide:guide@127.0.0.1:5432/guide")
URL = URL.replace("postgresql://", "postgresql+asyncpg://")


async def main():
    engine = create_async_engine(URL, pool_size=1, max_overflow=0, pool_timeout=0.2)
    try:
        async with engine.begin() as connection:
            await connection.execute(text("CREATE TEMP TABLE city (name text, degrees integer)"))
            cities = [{"name": "Oslo", "degrees": 4}, {"name": "Lima", "degrees": 19}]
            await connection.execute(text("INSERT INTO city VALUES (:name, :degrees)"), cities)
            for name, degrees in await connection.execute(text("SELECT * FROM city ORDER BY name")):
                print(name, degrees)

        async with engine.connect() as connection:
            numbers = text("SELECT n FROM generate_series(1, 1000000) AS n").execution_options(yield_per=100)
            async with connection.stream(numbers) as rows:
                async for (n,) in rows:
                    if n * n > 1_000_000:
                        print("found", n)
                        break

        async with engine.connect():
            try:
                await engine.connect()
            except exc.TimeoutError as error:
                print("TimeoutError:", str(error).partition(" (Background")[0])
    finally:
        await engine.dispose()


asyncio.run(main())
