# /// script
# requires-python = ">=3.14"
# ///

import asyncio


class Download:
    def start(self, eager):
        self.task = asyncio.create_task(self.run(), name="download", eager_start=eager)
        return self.task

    async def run(self):
        print("runs as", self.task.get_name())


async def main():
    print("lazy")
    await Download().start(eager=False)
    print("eager")
    try:
        await Download().start(eager=True)
    except AttributeError as error:
        print(error)


asyncio.run(main())
