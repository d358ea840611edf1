import os
import subprocess
import sys

PROGRAM = (
    "import asyncio\nasync def main(): print(asyncio.get_running_loop().get_debug())\nasyncio.run(main(), debug={})"
)

WAYS = {
    "nothing": ([], "", None),
    "asyncio.run(…, debug=True)": ([], "", True),
    "PYTHONASYNCIODEBUG=1": ([], "1", None),
    "python -X dev": (["-X", "dev"], "", None),
    "python -X dev, but debug=False": (["-X", "dev"], "", False),
}

for way, (options, variable, debug) in WAYS.items():
    answer = subprocess.run(
        [sys.executable, *options, "-c", PROGRAM.format(debug)],
        env={**os.environ, "PYTHONASYNCIODEBUG": variable},
        capture_output=True,
        text=True,
        check=True,
    )
    print(f"{way}: {answer.stdout.strip()}")
