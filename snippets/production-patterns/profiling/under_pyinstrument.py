# /// script
# requires-python = ">=3.11,<3.15"
# dependencies = ["pyinstrument"]
# [tool.runnable]
# alone = true
# ///
import asyncio
import json
from collections import Counter

import slow_report
from pyinstrument import Profiler


def add(frame, spent):
    spent[frame.function] += frame.time
    for child in frame.children:
        add(child, spent)


async def main(profiler):
    with profiler:
        await slow_report.main()


profiler = Profiler(interval=0.001)
asyncio.run(main(profiler))
profiler.print(short_mode=True)

spent = Counter()
add(profiler.last_session.root_frame(), spent)
for name in ("fetch", "count", "save"):
    print(json.dumps({"tool": "pyinstrument", "function": name, "seconds": round(spent[name], 4)}))
