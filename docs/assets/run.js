/* Puts Run and Edit below each program that can run in this browser. The rest is loaded when the reader asks for it.
 *
 * In the page: <meta name="runnable-python" content="where Python is">, <meta name="runnable-ours" content="where the
 * scripts are that run it">, and on each block data-run (its slug) and data-digest, or data-no-run (why it cannot).
 * Without the meta elements, or without what it needs of the browser, a block stays what it is: a recording.
 */
(() => {
  "use strict";

  const bound = new WeakSet();
  const able = typeof WebAssembly === "object" && typeof Worker === "function" && typeof TransformStream === "function";

  const make = (tag, kind, text = "", attributes = {}) => {
    const element = document.createElement(tag);
    element.className = kind;
    element.textContent = text;
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  };
  const kept = slug => {
    try {
      return localStorage.getItem(`run:${slug}`) !== null;
    } catch {
      return false; // the reader's browser keeps nothing
    }
  };

  function bind(figure, base, modules) {
    if (bound.has(figure)) return;
    bound.add(figure);
    const before = figure.querySelector(":scope > .program-timeline, :scope > .program-result");
    if (figure.dataset.noRun) {
      const note = make("p", "program-note run-not", `It does not run in this page. ${figure.dataset.noRun}`);
      figure.insertBefore(note, before);
      return;
    }
    const name = figure.querySelector(".program-file").textContent;
    const bar = make("div", "program-bar run-bar", "", { role: "group", "aria-label": `Run ${name} in this page` });
    const go = make("button", "run-button run-go", "Run", { type: "button", "aria-keyshortcuts": "Control+Enter" });
    const edit = make("button", "run-button run-edit", "Edit", { type: "button", "aria-expanded": "false" });
    const pace = make("select", "run-pace", "", { "aria-label": "How time passes" });
    pace.append(new Option("real time", "real"), new Option("fast: waits take no time", "fast"));
    const status = make("span", "run-status", "", { role: "status" });
    bar.append(go, edit, pace, status);
    figure.insertBefore(bar, before);

    let block;
    const asked = what => async () => {
      try {
        block ??= import(new URL("block.js", modules)).then(({ Block }) => new Block({ figure, base, bar, go, edit, pace, status }));
        await what(await block);
      } catch (error) {
        block = undefined;
        status.textContent = "What runs programs could not be loaded. Reload the page to try again.";
        console.warn(error);
      }
    };
    const run = asked(one => one.go());
    go.addEventListener("click", run);
    edit.addEventListener("click", asked(one => one.toggleEditor()));
    figure.addEventListener("keydown", event => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return;
      event.preventDefault();
      run();
    });

    const shared = new URLSearchParams(location.hash.slice(1));
    if (shared.get("run") === figure.id && shared.has("program")) asked(one => one.openShared(shared.get("program")))();
    else if (kept(figure.dataset.run)) asked(one => one.openKept())();
  }

  const start = () => {
    const place = name => {
      const meta = document.querySelector(`meta[name="${name}"]`);
      return meta && new URL(meta.content, document.baseURI).href;
    };
    const [base, modules] = [place("runnable-python"), place("runnable-ours")];
    if (!base || !modules || !able) return;
    document.querySelectorAll(".program[data-run], .program[data-no-run]").forEach(figure => bind(figure, base, modules));
  };
  if (window.document$) window.document$.subscribe(start);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
