"""Runs in Pyodide, for `compile.mjs`: compiles the modules in archives. It knows the standard library alone.

What it writes depends on what it reads, and on nothing else: no time of day, no order of a folder.
"""

import importlib
import importlib.util
import json
import marshal
import sys
import zipfile

LIBRARY = next(path for path in sys.path if path.endswith(".zip"))


FOR_COMPILERS = (".c", ".h", ".pxd", ".pyi", ".pyx")
"""What nobody imports."""


def call(name, keywords):
    """What the function returns, as JSON."""
    return json.dumps(globals()[name](**json.loads(keywords)))


def loaded(imports, path=()):
    """The files in the library's archive that importing these modules loads."""
    sys.path[:0] = path
    for name in imports:
        importlib.import_module(name)
    files = [getattr(module, "__file__", None) or "" for module in list(sys.modules.values())]
    return sorted(file.removeprefix(f"{LIBRARY}/") for file in files if file.startswith(f"{LIBRARY}/"))


def compile_archive(source, target, root, files=None, keep=True):
    """Copies an archive, with each of `files` (all where None) compiled, and its source only where it is to be kept.

    `root` is the folder that their code objects name. The archive is to be imported from as it is: there a compiled
    module lies beside its source, not in a folder of its own.
    """
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new:
        for name in sorted(old.namelist()):
            if name.endswith("/"):
                continue
            if not keep and name.endswith(FOR_COMPILERS):
                continue
            data = old.read(name)
            if name.endswith(".py") and (files is None or name in files):
                _write(new, f"{name}c", _compiled(data, f"{root}/{name}"))
                if not keep:
                    continue
            _write(new, name, data)


def compile_files(sources, target, root):
    """Makes an archive of compiled modules: `sources` are their texts by their names in it."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new:
        for name, text in sorted(sources.items()):
            _write(new, f"{name}c", _compiled(text.encode(), f"{root}/{name}"))


def _compiled(source, path):
    code = compile(source, path, "exec", dont_inherit=True)
    # The flag says that it is valid whatever the source is: there may be none.
    head = importlib.util.MAGIC_NUMBER + (1).to_bytes(4, "little") + importlib.util.source_hash(source)
    return head + marshal.dumps(code)


def _write(archive, name, data):
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, data, zipfile.ZIP_DEFLATED, 9)
