import asyncio
import logging

logging.basicConfig(format="%(levelname)s: %(message)s")


async def fetch(page):
    await asyncio.sleep(0.3)
    if page == "news":
        raise ConnectionError("connection reset")
    print(f"{page}: done")


async def download(page, server):
    try:
        await fetch(page)
    except ConnectionError as error:
        error.add_note(f"while downloading {page} from {server}, in {asyncio.current_task().get_name()}")
        raise


async def main():
    tasks = [
        asyncio.create_task(download("map", "server A"), name="first"),
        asyncio.create_task(download("news", "server B"), name="second"),
    ]
    try:
        await asyncio.gather(*tasks)
    except ConnectionError:
        logging.exception("one page is missing")


asyncio.run(main())
