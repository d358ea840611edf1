# /// script
# dependencies = ["asyncpg"]
# [tool.runnable]
# services = ["postgresql"]
# ///
import asyncio
import os

import asyncpg

URL = os.environ.get("POSTGRESQL_URL", "postgresql://guide:guide@127.0.0.1:5432/guide")


async def main():
    for wrong in [{"password": "wrong"}, {"database": "nowhere"}]:
        try:
            connection = await asyncpg.connect(URL, **wrong)
        except asyncpg.PostgresError as error:
            print(f"{type(error).__name__} ({error.sqlstate}): {error}")
        else:
            await connection.close()


asyncio.run(main())
