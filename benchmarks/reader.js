// What a benchmark has a page do, and when the page had done it. Put into each page before its own scripts.
// All times are milliseconds of `performance.now()`.
window.reader = (() => {
  const PATIENCE = 120_000;

  // The moment at which `seen()` becomes true: asked whenever anything in the document changes, before it is drawn.
  const when = (seen, what) =>
    new Promise((kept, broken) => {
      const look = () => {
        if (!seen()) return;
        watch.disconnect();
        clearTimeout(timer);
        kept(performance.now());
      };
      const watch = new MutationObserver(look);
      const timer = setTimeout(() => {
        watch.disconnect();
        broken(new Error(`the page did not ${what} within ${PATIENCE / 1000} s: ${document.body.innerText.slice(-500)}`));
      }, PATIENCE);
      watch.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
      look();
    });
  const pause = milliseconds => new Promise(kept => setTimeout(kept, milliseconds));
  const at = selector => document.querySelector(selector);

  // The block of a page of ours.
  const ours = {
    // Presses Run: when the program began, and when its first line stood in the page, both since Run was pressed.
    async run() {
      const before = at(".run-own");
      const own = () => at(".run-own") !== before && at(".run-own");
      const pressed = performance.now();
      at(".run-go").click();
      const [began, first] = await Promise.all([
        when(own, "begin the program"),
        when(() => own() && own().querySelector(".program-line"), "show a line of output"),
      ]);
      return { began: began - pressed, first: first - pressed };
    },
    // Presses Stop, and Run again as soon as it says Run.
    async stopAndRun() {
      at(".run-go").click();
      await when(() => at(".run-go").textContent === "Run", "stop");
      const about = at(".run-own").innerText;
      return { about, ...(await ours.run()) };
    },
    // What the last run printed, when it has ended.
    async printed() {
      await when(() => /^(Ended|Stopped)/.test(at(".run-status").textContent), "end the program");
      const text = line => [...line.childNodes].filter(each => each.nodeType === Node.TEXT_NODE).map(each => each.data);
      return [...document.querySelectorAll(".run-own .program-line")].map(line => text(line).join("").trim());
    },
  };

  // The fence of a page of markdown-exec's.
  const theirs = {
    // Presses Run as soon as something hears it: when the first line stood in the page, since this was called.
    async run() {
      const [button, output] = [at(".pyodide-clickable[id$=run]"), at(".pyodide-output")];
      const wanted = performance.now();
      while (!button.onclick) await pause(5);
      output.textContent = "";
      button.click();
      return { first: (await when(() => output.textContent, "show a line of output")) - wanted };
    },
    async printed(line) {
      await when(() => at(".pyodide-output").textContent.includes(line), "end the program");
      return at(".pyodide-output").textContent.trim().split("\n");
    },
  };
  // What comes of pressing Run when the page has loaded, and the addresses of what it had loaded by then.
  const opened = new Promise(kept => addEventListener("load", () => setTimeout(kept))).then(async () => {
    const loaded = performance.getEntriesByType("resource").map(each => each.name);
    const run = await (at(".program[data-run]") ? ours : theirs).run();
    return { ...run, loaded };
  });
  return { opened, ours, theirs };
})();
