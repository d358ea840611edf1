# /// script
# requires-python = ">=3.11,<3.15"
# dependencies = ["yappi"]
# [tool.runnable]
# alone = true
# ///
import asyncio
import json

import slow_report
import yappi

for clock in ("wall", "cpu"):
    yappi.set_clock_type(clock)
    with yappi.run():
        asyncio.run(slow_report.main())
    stats = yappi.get_func_stats(filter_callback=lambda stat: yappi.module_matches(stat, [slow_report]))
    functions = {stat.name: stat for stat in stats}
    yappi.clear_stats()
    for name in ("fetch", "count", "save"):
        found = functions[name]
        row = {"function": name, "calls": found.ncall, "seconds": round(found.ttot, 4)}
        print(json.dumps({"tool": f"yappi, {clock} time"} | row))
