// Runs a Python file in Pyodide: node pyodide.mjs FOLDER FILE, where FOLDER is mounted at /project.
import { loadPyodide } from "pyodide";
import { readFileSync } from "node:fs";

const [folder, file] = process.argv.slice(2);
globalThis.sleepSync = (seconds) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, seconds * 1000);
const python = await loadPyodide({ stdout: console.log, stderr: console.error });
python.FS.mkdir("/project");
python.FS.mount(python.FS.filesystems.NODEFS, { root: folder }, "/project");
python.runPython(readFileSync(file, "utf-8"), { filename: file });
