"""Servers that come with a package, run for one recording and gone with it.

Each module here is a program: `python -m runnable.embedded.postgresql FOLDER`. It keeps what it needs in FOLDER, prints
one line when the server answers, the URL to reach it at, and lives until its standard input is closed: so it ends with
whoever has started it, however that went. `PACKAGE` names what must be importable, `DISTRIBUTION` what has it, and
`PYTHON` the Pythons that there are wheels for: where ours is another, an environment is made for one of these.
"""
