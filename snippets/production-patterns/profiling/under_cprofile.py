# /// script
# [tool.runnable]
# alone = true
# ///
import asyncio
import cProfile
import json
import pstats

from slow_report import main

with cProfile.Profile() as profile:
    asyncio.run(main())

stats = pstats.Stats(profile).strip_dirs().sort_stats("name")
stats.print_stats(r"slow_report|time\.sleep|'poll'|'control'")

functions = stats.get_stats_profile().func_profiles
for name in ("fetch", "count", "save"):
    found = functions[name]
    print(json.dumps({"tool": "cProfile", "function": name, "calls": found.ncalls, "seconds": found.cumtime}))
