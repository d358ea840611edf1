// The editor of a program: CodeMirror with Python, in the colours of the site.
//
//     create(parent, {doc, label, onChange, onRun, onEscape})  →  {get(), set(text), focus(), destroy()}
//
// `parent` is the element that it fills; `doc` is what is in it at first; `label` is what a screen reader calls it.
// `onChange(text)` is called after every change, `onRun(text)` on Ctrl+Enter (on a Mac also Cmd+Enter), `onEscape()` on
// Escape. Tab is left to the browser, and so leaves the editor; Ctrl+] and Ctrl+[ indent and dedent.
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { pythonLanguage } from "@codemirror/lang-python";
import { bracketMatching, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { EditorView, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const of = (name) => `var(--md-code-hl-${name}-color)`;

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.self], color: of("keyword") },
  { tag: [tags.string, tags.docString, tags.special(tags.string)], color: of("string") },
  { tag: tags.number, color: of("number") },
  { tag: [tags.bool, tags.null], color: of("constant") },
  { tag: [tags.function(tags.definition(tags.variableName)), tags.definition(tags.className)], color: of("function") },
  { tag: tags.comment, color: of("comment") },
  { tag: [tags.operator, tags.derefOperator], color: of("operator") },
  { tag: tags.punctuation, color: of("punctuation") },
  { tag: [tags.variableName, tags.propertyName], color: of("name") },
]);

const looks = EditorView.theme({
  "&": { color: "var(--md-code-fg-color)", backgroundColor: "var(--md-code-bg-color)", height: "100%" },
  "&.cm-focused": { outline: "2px solid var(--md-accent-fg-color)", outlineOffset: "-2px" },
  ".cm-scroller": { fontFamily: "inherit", lineHeight: "inherit", overflow: "auto" },
  ".cm-content": { caretColor: "var(--md-code-fg-color)" },
  ".cm-gutters": {
    color: "var(--md-default-fg-color--light)",
    backgroundColor: "var(--md-code-bg-color)",
    border: "none",
  },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--md-code-hl-color--light)" },
});

export function create(parent, { doc = "", label = "Program", onChange, onRun, onEscape } = {}) {
  const run = (view) => {
    onRun?.(view.state.doc.toString());
    return true;
  };
  const escape = () => {
    onEscape?.();
    return Boolean(onEscape);
  };
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc,
      extensions: [
        keymap.of([
          { key: "Ctrl-Enter", run },
          { key: "Mod-Enter", run },
          { key: "Escape", run: escape },
        ]),
        lineNumbers(),
        history(),
        indentUnit.of("    "),
        EditorState.tabSize.of(4),
        indentOnInput(),
        bracketMatching(),
        pythonLanguage,
        syntaxHighlighting(colours),
        looks,
        keymap.of([...defaultKeymap, ...historyKeymap]),
        EditorView.contentAttributes.of({
          "aria-label": label,
          tabindex: "0", // so that whoever checks the page sees that what scrolls can be reached
          autocapitalize: "off",
          autocorrect: "off",
          spellcheck: "false",
        }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) onChange?.(update.state.doc.toString());
        }),
      ],
    }),
  });
  return {
    get: () => view.state.doc.toString(),
    set: (text) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } }),
    focus: () => view.focus(),
    destroy: () => view.destroy(),
  };
}
