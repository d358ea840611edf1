"""What the reader's browser needs to run and to edit programs: got from registries, made and published by the build.

It is made where a project says `browser = true` under [tool.runnable] in its pyproject.toml, once for what goes into
it, in `.cache/runnable/browser/`; nothing is fetched twice. On the site it is two folders, each with a name that
changes when anything in it does: `assets/python/VERSION-DIGEST/` is what others made, some 8 MB on the way to the
reader, and `assets/python/ours-DIGEST/` what changes with this project, some 170 kB. A reader who comes back loads what
has changed. Every page says where they are: `<meta name="runnable-python" content="../assets/python/VERSION-DIGEST/">`,
and the same with `runnable-ours`. Where there are no such elements, no program can be run in the page.

    pyodide.mjs, pyodide.asm.mjs, pyodide.asm.wasm, pyodide-lock.json
                        CPython for WebAssembly. The lock offers no packages: there are none but the wheels below.
    python_stdlib.zip   its standard library, in part compiled (`runnable/kit/library.py` says which part)
    wheels.json         {"aiohttp": {"file": "aiohttp-….whl", "imports": ["aiohttp"], "needs": ["yarl", …]}, …}:
                        distributions, all that each needs, at any depth
    wheels/*.whl        compiled, without sources. To import from them as they are, from `sys.path`, is three times as
                        fast as to unpack them
    editor.js           CodeMirror: an ES module, which exports `create` (see `editor.mjs`)
    licenses.txt        whose work it is, and under which terms

    ours.zip            `runnable.browser.host` and what it imports, compiled, without sources
    *.js, cell.htm      what the page runs: all of `docs/assets/run/` but its style
"""
