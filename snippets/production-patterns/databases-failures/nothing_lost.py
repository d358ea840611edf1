# /// script
# dependencies = ["asyncpg"]
# [tool.runnable]
# services = ["postgresql"]
# ///
import asyncio
import os

import asyncpg

URL = os.environ.get("POSTGRESQL_URL", "postgresql://guide:guide@127.0.0.1:5432/guide")


LOST = (
    asyncpg.PostgresConnectionError,  # it ended in the middle of a query
    asyncpg.AdminShutdownError,  # it ended as the query began
    asyncpg.InternalClientError,  # it ended between two queries, and asyncpg was about to notice
    asyncpg.InterfaceError,  # it had ended before
    OSError,  # there is no new one yet
)
INSERT = "INSERT INTO guide_orders SELECT $1 FROM pg_sleep(0.01) ON CONFLICT DO NOTHING"
KILL_ONE = """
    SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
    WHERE application_name = 'guide_writer' AND state = 'active' LIMIT 1
"""
failures = []


async def write(pool, number):
    while True:
        try:
            await pool.execute(INSERT, number)
            return number  # from here on, the customer has our word
        except LOST as error:
            failures.append(error)
            await asyncio.sleep(0.02)


async def kill(administrator):
    while True:
        await asyncio.sleep(0.1)
        await administrator.execute(KILL_ONE)


async def main():
    administrator = await asyncpg.connect(URL)
    await administrator.execute("DROP TABLE IF EXISTS guide_orders; CREATE TABLE guide_orders (number integer UNIQUE)")
    settings = {"application_name": "guide_writer"}
    async with asyncpg.create_pool(URL, min_size=4, max_size=4, server_settings=settings) as pool:
        killer = asyncio.create_task(kill(administrator))
        acknowledged = await asyncio.gather(*(write(pool, number) for number in range(200)))
        killer.cancel()
        await asyncio.wait([killer])
    kept = [number for (number,) in await administrator.fetch("SELECT number FROM guide_orders")]
    print("attempts that failed:", len(failures))
    print("acknowledged:", len(acknowledged), "in the table:", len(kept))
    print("acknowledged, but lost:", len(set(acknowledged) - set(kept)))
    await administrator.execute("DROP TABLE guide_orders")
    await administrator.close()


asyncio.run(main())
