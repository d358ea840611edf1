import asyncio
from contextlib import contextmanager


class Topic:
    def __init__(self):
        self.queues = []

    @contextmanager
    def subscribe(self):
        queue = asyncio.Queue()
        self.queues.append(queue)
        try:
            yield queue
        finally:
            self.queues.remove(queue)

    def publish(self, news):
        for queue in self.queues:
            queue.put_nowait(news)


async def listen(name, topic, times):
    with topic.subscribe() as news:
        for _ in range(times):
            print(f"{name} hears: {await news.get()}")


async def main():
    topic = Topic()
    async with asyncio.TaskGroup() as group:
        group.create_task(listen("Ana", topic, 2))
        group.create_task(listen("Ben", topic, 3))
        for news in ["rain", "storm", "sun"]:
            await asyncio.sleep(0.2)
            topic.publish(news)
    print("still subscribed:", len(topic.queues))


asyncio.run(main())
