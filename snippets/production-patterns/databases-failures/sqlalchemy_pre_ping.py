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
from sqlalchemy.pool import NullPool

URL = os.environ.get("POSTGRESQL_URL", "postgresql://guide:guide@127.0.0.1:5432/guide")
URL = URL.replace("postgresql://", "postgresql+asyncpg://")


async def pid_of(engine):
    async with engine.connect() as connection:
        return (await connection.execute(text("SELECT pg_backend_pid()"))).scalar_one()


async def main():
    administration = create_async_engine(URL, poolclass=NullPool)
    for ping in [False, True]:
        engine = create_async_engine(URL, pool_pre_ping=ping)
        pid = await pid_of(engine)
        async with administration.connect() as connection:
            await connection.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})
        await asyncio.sleep(0.1)
        for attempt in [1, 2]:
            try:
                print(f"ping {ping}, attempt {attempt}: another connection:", await pid_of(engine) != pid)
            except exc.DBAPIError as error:
                print(f"ping {ping}, attempt {attempt}: invalidated: {error.connection_invalidated}, {error.orig}")
        await engine.dispose()


asyncio.run(main())
