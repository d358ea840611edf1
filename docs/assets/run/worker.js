/* Python in a worker of its own: loads it, runs one program after another, hears the reader's Stop.
 *
 * Messages to it:   { kind: "load", base, jspi, compiled }  where Python's files are; whether it may wait for promises;
 *                                                     what another worker has sent of that name, or null
 *                   { kind: "run", request }          a request of runnable/browser/host.py
 *                   { kind: "stop" }                  is heard at once only where Python can wait for promises (JSPI)
 * Messages from it: { kind: "loading", loaded, total } bytes; total is 0 where a server does not say
 *                   { kind: "compiled", compiled }    Python as a WebAssembly.Module, for the next worker of the page
 *                   { kind: "ready", waits }          waits: whether it hears "stop" while a program waits
 *                   { kind: "failed", what }          Python could not be loaded
 *                   { kind: "missing", what }         what the program imports could not be loaded; it did not run
 *                   { kind: "crashed", what }         Python itself broke: this worker is of no more use
 *                   { kind: "heard" }                 Stop has come, and the program is about to be told
 *                   { kind: "heavy" }                 this Python has become so large that a new one should follow
 *                   and, as text, those of host.py
 *
 * A program is not trusted. The policy of this worker (cell.js) lets it ask for nothing but the files of Python, and
 * make no code of text. And before the first program runs, all by which it could reach a server, the reader's storage or
 * another worker is taken away, and so is all that makes code of text: what Python can get hold of is then functions.
 */
const OURS = new URL("ours.zip", import.meta.url).href;
const send = self.postMessage.bind(self);
const later = self.setTimeout.bind(self);
const forget = self.clearTimeout.bind(self);
const Channel = self.MessageChannel;
const HEAVY = 600_000_000; // bytes of memory, which WebAssembly never gives back

// What a program can do without. Names that a browser does not know do no harm.
const TAKEN = [
  "fetch", "XMLHttpRequest", "WebSocket", "WebSocketStream", "EventSource", "WebTransport", "RTCPeerConnection",
  "importScripts", "indexedDB", "caches", "cookieStore", "BroadcastChannel", "Worker", "SharedWorker", "Notification",
  "IDBFactory", "CacheStorage", "StorageManager", "ServiceWorkerRegistration", "FileReaderSync", "navigator",
  "webkitRequestFileSystem", "webkitRequestFileSystemSync", "webkitResolveLocalFileSystemURL",
  "webkitResolveLocalFileSystemSyncURL", "showOpenFilePicker", "PushManager", "reportError", "close",
];

let python = null;
let run = null;
let base = "";
let wheels = null; // their files, until they are loaded
let stops = 0;
let wake = () => {};

/** Fetches, and tells how much has come. */
const downloads = { loaded: 0, total: 0 };
const fetch = self.fetch.bind(self);
let lost = null; // the first file that did not come: Pyodide's own errors do not name it
function missing(what) {
  lost ??= new Error(what);
  throw lost;
}
async function get(address, options) {
  const name = new URL(address, base).pathname.split("/").at(-1);
  const response = await fetch(address, options).catch(error => missing(`${name}: ${error.message}`));
  if (!response.ok) missing(`${name}: the server says ${response.status}`);
  // What was compressed for the way has another length than what arrives.
  const size = response.headers.has("content-encoding") ? 0 : Number(response.headers.get("content-length"));
  downloads.total += size;
  count(response.clone().body.getReader(), size).catch(() => {}); // whoever reads the response itself hears of it
  // As it came: of what is made anew here, a browser does not keep the compiled code for the next page.
  return response;
}
async function count(reader, size) {
  for (let piece; !(piece = await reader.read()).done; ) {
    downloads.loaded += piece.value.byteLength;
    if (!size) downloads.total = 0;
    send({ kind: "loading", ...downloads });
  }
}
const bytes = async address => new Uint8Array(await (await get(new URL(address, base))).arrayBuffer());

async function load(message) {
  base = message.base;
  if (!message.jspi) {
    delete WebAssembly.Suspending;
    delete WebAssembly.promising;
  }
  // It is the largest, so it comes first, not when Pyodide asks for it.
  const compiled = message.compiled || WebAssembly.compileStreaming(get(`${base}pyodide.asm.wasm`));
  take(compiled);
  const ours = bytes(OURS);
  const known = get(`${base}wheels.json`).then(response => response.json());
  const { loadPyodide } = await import(`${base}pyodide.mjs`);
  const loading = loadPyodide({
    indexURL: base,
    env: { HOME: "/home/reader", TZ: "UTC", PYTHONHASHSEED: "0" },
    stdin: () => undefined,
  });
  const [module] = await Promise.all([compiled, loading]); // Pyodide waits for ever where there is none
  send({ kind: "compiled", compiled: module });
  python = await loading;
  wheels = await known;
  put({ "/lib/ours.zip": await ours });
  run = python.pyimport("runnable.browser.host").run;
  guard();
  send({ kind: "ready", waits: Boolean(message.jspi && WebAssembly.Suspending) });
}

/** Has Pyodide, which would fetch and compile its WebAssembly, take what is compiled, a module or a promise of it. */
function take(compiled) {
  Promise.resolve(compiled).catch(() => {}); // whoever loads hears of it, but only after other files have come
  self.fetch = async (address, options) =>
    new URL(address, base).pathname.endsWith(".wasm") ? new Response() : get(address, options);
  WebAssembly.instantiateStreaming = async (_, imports) => {
    const module = await compiled;
    return { module, instance: await WebAssembly.instantiate(module, imports) };
  };
}

/** Loads the libraries that a program imports, all at once: together they are small, and they need each other. */
async function wheelsFor(source) {
  if (!wheels) return;
  const names = Object.values(wheels).flatMap(wheel => wheel.imports);
  if (!new RegExp(`^\\s*(?:import|from)\\s+(?:[\\w.]+\\s*,\\s*)*(?:${names.join("|")})\\b`, "m").test(source)) return;
  const files = Object.values(wheels).map(wheel => `wheels/${wheel.file}`);
  const all = await Promise.all(files.map(bytes));
  python.FS.mkdirTree("/lib/wheels");
  put(Object.fromEntries(files.map((file, place) => [`/lib/${file}`, all[place]])));
  wheels = null;
}

/** Has Python import from archives, by their paths, which are new to it: no cache has to be emptied for them. */
function put(archives) {
  for (const [path, content] of Object.entries(archives)) python.FS.writeFile(path, content);
  python.globals.set("__archives", JSON.stringify(Object.keys(archives)));
  python.runPython("import json, sys; sys.path += json.loads(__archives); del __archives");
}

/** Takes away what a program must not have. */
function guard() {
  const hidden = new Set(TAKEN);
  for (let owner = self; owner; owner = Object.getPrototypeOf(owner)) {
    for (const name of hidden) {
      if (Object.hasOwn(owner, name)) delete owner[name];
      if (Object.hasOwn(owner, name)) Object.defineProperty(owner, name, { value: undefined, configurable: false });
    }
  }
  const refuse = function () {
    throw new Error("A program in this page cannot run JavaScript.");
  };
  refuse.prototype = Function.prototype; // Pyodide asks what is an instance of Function
  const made = [() => {}, async () => {}, function* () {}, async function* () {}];
  for (const kind of made) Object.defineProperty(Object.getPrototypeOf(kind), "constructor", { value: refuse });
  self.eval = refuse;
  self.Function = refuse;
  self.setTimeout = (call, ...rest) => (typeof call === "function" ? later(call, ...rest) : refuse());
  self.setInterval = refuse;
  for (const name of ["js", "pyodide_js"]) python.unregisterJsModule(name);
  python.runPython(`
import sys
for name in [name for name in sys.modules if name.partition(".")[0] in ("js", "pyodide_js")]:
    del sys.modules[name]
`);
}

// What host.py calls a page. Without a prototype there is no way from it to anything else.
const waiting = new Int32Array(new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }).buffer);
const page = Object.assign(Object.create(null), {
  post: text => send(String(text)),
  stops: () => stops,
  pause: milliseconds => void Atomics.wait(waiting, 0, 0, milliseconds),
  sleep: milliseconds =>
    new Promise(kept => {
      if (milliseconds > 0) {
        const timer = later(kept, milliseconds);
        wake = () => {
          forget(timer);
          kept();
        };
      } else {
        const channel = new Channel();
        channel.port1.onmessage = () => kept();
        channel.port2.postMessage(0);
      }
    }),
});

async function execute(request) {
  stops = 0;
  try {
    await wheelsFor(request.source);
  } catch (error) {
    send({ kind: "missing", what: told(lost || error) });
    lost = null;
    return;
  }
  const text = JSON.stringify(request);
  if (WebAssembly.Suspending) await run.callPromising(text, page);
  else run(text, page);
  if (python._module.HEAP8.length > HEAVY) send({ kind: "heavy" });
}

const told = error => String((error && error.message) || error).trim().split("\n").at(-1).slice(0, 500);

self.onmessage = async ({ data }) => {
  if (data.kind === "stop") {
    stops += 1;
    wake();
    send({ kind: "heard" });
  } else if (data.kind === "load") {
    await load(data).catch(error => send({ kind: "failed", what: told(lost || error) }));
  } else if (data.kind === "run") {
    await execute(data.request).catch(error => send({ kind: "crashed", what: told(error) }));
  }
};
