# /// script
# dependencies = ["asyncpg"]
# [tool.runnable]
# services = ["postgresql"]
# ///
import asyncio
import os

import asyncpg

URL = os.environ.get("POSTGRESQL_URL", "postgresql://guide:guide@127.0.0.1:5432/guide")


OURS = "SELECT pid FROM pg_stat_activity WHERE application_name = 'guide_idle'"


async def main():
    administrator = await asyncpg.connect(URL)
    settings = {"application_name": "guide_idle"}
    async with asyncpg.create_pool(URL, min_size=3, max_size=3, server_settings=settings) as pool:
        before = {pid for (pid,) in await administrator.fetch(OURS)}
        print("connections:", len(before))
        await administrator.execute(f"SELECT pg_terminate_backend(pid, 5000) FROM ({OURS})")
        await asyncio.sleep(0.1)  # a turn of the loop in which asyncpg sees that they are closed

        print("answers:", await asyncio.gather(*(pool.fetchval("SELECT $1::int", n) for n in range(6))))
        after = {pid for (pid,) in await administrator.fetch(OURS)}
        print("connections:", len(after), "of them old:", len(before & after))
    await administrator.close()


asyncio.run(main())
