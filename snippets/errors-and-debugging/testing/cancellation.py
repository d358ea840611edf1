import asyncio
import logging
import unittest


class Printer:
    def __init__(self):
        self.paper, self.busy = asyncio.Queue(), asyncio.Event()
        self.lamp = "off"

    async def print_page(self):
        self.lamp = "on"
        self.busy.set()
        try:
            return await self.paper.get()
        finally:
            self.lamp = "off"


class PrinterTest(unittest.IsolatedAsyncioTestCase):
    async def test_the_lamp_goes_out_when_printing_is_cancelled(self):
        printer = Printer()
        task = asyncio.create_task(printer.print_page())
        await printer.busy.wait()
        self.assertEqual(printer.lamp, "on")
        task.cancel()
        with self.assertRaises(asyncio.CancelledError):
            await task
        self.assertEqual(printer.lamp, "off")

    async def test_it_waits_for_paper(self):
        with self.assertRaises(TimeoutError):
            async with asyncio.timeout(0.2):
                await Printer().print_page()

    async def test_it_prints(self):
        printer = Printer()
        printer.paper.put_nowait("A4")
        async with asyncio.timeout(5):
            self.assertEqual(await printer.print_page(), "A4")


if __name__ == "__main__":
    # A test case runs in debug mode, which warns of slow steps. A busy machine has many: errors only.
    logging.getLogger("asyncio").setLevel(logging.ERROR)
    unittest.main(verbosity=2)
