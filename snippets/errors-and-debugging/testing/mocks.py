import asyncio
from unittest.mock import AsyncMock, call


async def send_all(mailer, letters):
    sent = 0
    for letter in letters:
        try:
            await mailer.send(letter)
            sent += 1
        except ConnectionError:
            await mailer.reconnect()
    return sent


async def main():
    mailer = AsyncMock()
    mailer.send.side_effect = [None, ConnectionError, None]
    assert await send_all(mailer, ["a", "b", "c"]) == 2
    mailer.reconnect.assert_awaited_once_with()
    assert mailer.send.await_args_list == [call("a"), call("b"), call("c")]
    print("passed: two letters sent, one connection made anew")

    forgotten = mailer.send("d")
    print("called:", mailer.send.call_count, "awaited:", mailer.send.await_count)
    forgotten.close()


asyncio.run(main())
