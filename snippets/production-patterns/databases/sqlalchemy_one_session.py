# /// script
# dependencies = ["asyncpg", "sqlalchemy[asyncio]"]
# [tool.runnable]
# timeout = 20
# services = ["postgresql"]
# ///
import asyncio
import os

from sqlalchemy import text
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

URL = os.environ.get("POSTGRESQL_URL", "postgresql://guide:guide@127.0.0.1:5432/guide")
URL = URL.replace("postgresql://", "postgresql+asyncpg://")


async def report(session, name, seconds):
    try:
        await session.execute(text("SELECT pg_sleep(:seconds)"), {"seconds": seconds})
        print(name, "is done")
    except InvalidRequestError as error:
        print(f"{name}: {type(error).__name__}: {str(error).partition(' (Background')[0]}")


async def report_alone(new_session, name, seconds):
    async with new_session() as session:
        await report(session, name, seconds)


async def main():
    engine = create_async_engine(URL)
    new_session = async_sessionmaker(engine)
    try:
        print("one session for two tasks")
        async with new_session() as session:
            await asyncio.gather(report(session, "sales", 0.1), report(session, "stock", 0.8))
        print("a session for each")
        await asyncio.gather(report_alone(new_session, "sales", 0.1), report_alone(new_session, "stock", 0.8))
    finally:
        await engine.dispose()


asyncio.run(main())
