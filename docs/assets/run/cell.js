/* A worker that can ask for nothing but what lies in some folders of this site, whatever it executes.
 *
 * No policy binds a worker that is loaded from a file, but one that is loaded from a blob has that of the document in
 * which it is made. The page's would not do: the page itself may ask for all of the site. So it is made in a frame, the
 * cell, whose policy is made narrower here, once its address is known. The frame is a file, since Firefox does not know
 * what 'self' is in a frame that has no address. It is not called .html: a server that reloads pages would write its
 * script into it.
 */
const ADDRESS = new URL("cell.htm", import.meta.url);

let cell = null; // a promise of the window in which workers are made

/** The policy of a document that may use what lies in these folders, which are URLs. */
export function policy(folders) {
  // A host that is an IPv6 address cannot be named in a policy.
  const named = ({ hostname, href }) => (hostname.startsWith("[") ? "'self'" : href.replaceAll(";", "%3B").replaceAll(",", "%2C"));
  const own = [...new Set(folders.map(folder => named(new URL(folder))))].join(" ");
  // Firefox asks worker-src, not script-src, about what a worker's modules import.
  return `default-src 'none'; script-src ${own} 'wasm-unsafe-eval'; connect-src ${own}; worker-src blob: ${own}`;
}

async function made(folders) {
  const frame = document.createElement("iframe");
  frame.hidden = true;
  frame.src = ADDRESS;
  const loaded = new Promise(kept => frame.addEventListener("load", kept, { once: true }));
  document.documentElement.append(frame);
  await loaded;
  try {
    // What a server says where there is no such file, or that it may not be in a frame, is a document, too.
    if (!frame.contentDocument.querySelector("html[data-cell]")) throw new Error("it is another document");
    const meta = frame.contentDocument.createElement("meta");
    meta.httpEquiv = "Content-Security-Policy";
    meta.content = policy(folders);
    frame.contentDocument.head.append(meta);
    return frame.contentWindow;
  } catch {
    frame.remove();
    throw new Error("cell.htm could not be loaded");
  }
}

/** A worker that has executed the module at an address below one of the folders, and listens. Raises Error. */
export async function confined(address, folders, name) {
  cell ??= made(folders);
  const inner = await cell.catch(error => {
    cell = null;
    throw error;
  });
  const text = `import(${JSON.stringify(address)}).then(() => postMessage("here"), error => postMessage(error.message));`;
  const blob = inner.URL.createObjectURL(new inner.Blob([text], { type: "text/javascript" }));
  try {
    const worker = new inner.Worker(blob, { type: "module", name });
    await new Promise((kept, broken) => {
      worker.onmessage = ({ data }) => (data === "here" ? kept() : broken(new Error(data)));
      worker.onerror = event => {
        event.preventDefault();
        broken(new Error(event.message || "its worker could not be started"));
      };
    });
    return worker;
  } finally {
    inner.URL.revokeObjectURL(blob);
  }
}
