// The editor's bridge: CodeMirror 6 behind five functions. What is right and
// wrong in a program is for Gopark's own front end to say; this file only
// shows it. Columns are UTF-16 units from 0, lines count from 1.

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentLess, insertTab } from "@codemirror/commands";
import { go } from "@codemirror/lang-go";
import { bracketMatching, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorState, RangeSet, StateEffect, StateField } from "@codemirror/state";
import {
  Decoration, drawSelection, EditorView, gutterLineClass, GutterMarker, highlightSpecialChars, hoverTooltip, keymap, lineNumbers, rectangularSelection, showTooltip,
  WidgetType,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { fetchUnpacked } from "./unpack.mjs";

// Goroutines at their lines: a band in their colour and their names.
const setMarks = StateEffect.define();

class Tags extends WidgetType {
  constructor(html) { super(); this.html = html; }
  eq(other) { return other.html === this.html; }
  toDOM() {
    const span = document.createElement("span");
    span.innerHTML = this.html; // written and escaped by Gopark's painter
    return span;
  }
}

const marks = StateField.define({
  create: () => Decoration.none,
  update(old, tr) {
    let next = old.map(tr.changes);
    for (const effect of tr.effects) {
      if (!effect.is(setMarks)) continue;
      const ranges = [];
      for (const m of effect.value) {
        if (m.line > tr.state.doc.lines) continue;
        const line = tr.state.doc.line(m.line);
        ranges.push(Decoration.line({ class: "on", attributes: { style: m.style } }).range(line.from));
        ranges.push(Decoration.widget({ widget: new Tags(m.html), side: 1 }).range(line.to));
      }
      next = Decoration.set(ranges, true);
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

// Breakpoints stay on their lines while the text changes.
const setStops = StateEffect.define();
const stop = new (class extends GutterMarker { elementClass = "stop"; })();
const stops = StateField.define({
  create: () => RangeSet.empty,
  update(old, tr) {
    let next = old.map(tr.changes);
    for (const effect of tr.effects) {
      if (!effect.is(setStops)) continue;
      for (const n of effect.value.filter((n) => n <= tr.state.doc.lines)) {
        const { from } = tr.state.doc.line(n);
        let had = false;
        next = next.update({ filter: (at) => at !== from || !(had = true) });
        if (!had) next = next.update({ add: [stop.range(from)] });
      }
    }
    return next;
  },
  provide: (field) => gutterLineClass.from(field),
});

function toggleStop(view, pos, options) {
  const n = view.state.doc.lineAt(pos).number;
  view.dispatch({ effects: setStops.of([n]) });
  options.stopped("Breakpoint on line " + n);
  return true;
}

// The same classes as the program has before it is edited.
const highlight = HighlightStyle.define([
  { tag: tags.keyword, class: "kw" },
  { tag: [tags.string, tags.character], class: "st" },
  { tag: [tags.number], class: "nu" },
  { tag: tags.comment, class: "cm" },
]);

// Tab indents, but Escape and then Tab leaves the editor: CodeMirror's rule.
const keys = [{ key: "Tab", run: insertTab, shift: indentLess }];

// The library's documentation is fetched when it is first wanted.
let docs;
const docOf = async (item, url) => {
  if (item.doc) return item.doc;
  docs ??= fetchUnpacked(url, "application/json").then((r) => r.json()).catch(() => ({}));
  return (await docs)[item.key] ?? "";
};

// describe writes what a thing is: its kind, type or signature, and what is said of it.
async function describe(item, url) {
  const box = document.createElement("div");
  box.className = "what";
  const head = box.appendChild(document.createElement("code"));
  head.textContent = (item.kind === "function" || item.kind === "method" ? "func " + item.name : item.name + " ") + item.detail;
  if (item.value) box.appendChild(document.createElement("p")).textContent = item.value;
  const text = await docOf(item, url);
  if (text) box.appendChild(document.createElement("p")).textContent = text;
  return box;
}

const kinds = { "function": "function", method: "method", variable: "variable", field: "property", type: "type", "constant": "constant", "package": "namespace" };

// completion asks Gopark's own front end what may stand here.
const completion = (options) => autocompletion({
  override: [async (context) => {
    const word = context.matchBefore(/[\p{L}\p{N}_]*/u);
    const dot = context.state.sliceDoc(word.from - 1, word.from) === ".";
    if (word.from === word.to && !dot && !context.explicit) return null;
    // An answer of null for a text that has been typed on meanwhile would end the asking.
    context.addEventListener("abort", () => {}, { onDocChange: true });
    const list = await options.assist("complete", context.pos);
    if (context.aborted || !list.length) return null;
    return {
      from: word.from, validFor: /^[\p{L}\p{N}_]*$/u,
      options: list.map((item) => ({
        label: item.name, type: kinds[item.kind], detail: item.detail.length > 40 ? item.detail.slice(0, 40) + "…" : item.detail,
        info: () => describe(item, options.docs),
      })),
    };
  }],
});

// what is the tooltip for the word at a place, null if there is none.
async function what(view, pos, options) {
  const [item] = await options.assist("hover", pos);
  if (!item) return null;
  const dom = await describe(item, options.docs);
  const word = view.state.wordAt(pos);
  return { pos: word?.from ?? pos, end: word?.to, above: true, create: () => ({ dom }) };
}

// The keyboard asks with F1; any change or Escape takes the answer away.
const setAsked = StateEffect.define();
const asked = StateField.define({
  create: () => null,
  update(old, tr) {
    const effect = tr.effects.find((e) => e.is(setAsked));
    if (effect) return effect.value;
    return tr.docChanged || tr.selection ? null : old;
  },
  provide: (field) => showTooltip.from(field),
});

const offset = (doc, line, column) => {
  const l = doc.line(Math.min(Math.max(1, line), doc.lines));
  return Math.min(l.from + Math.max(0, column), l.to);
};

const unask = (view) => {
  if (!view.state.field(asked)) return false;
  view.dispatch({ effects: setAsked.of(null) });
  return true;
};

// create puts an editor into parent. options: doc, label, changed(text),
// ask(kind, place, done), docs: where the documentation is, first: what comes
// before all else.
export function create(parent, options) {
  options.assist = (kind, pos) => new Promise((done) => options.ask(kind, pos, done));
  const ask = (view) => {
    what(view, view.state.selection.main.head, options).then((tip) => tip && view.dispatch({ effects: setAsked.of(tip) }));
    return true;
  };
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: options.doc,
      extensions: [
        options.first ?? [],
        lineNumbers({ domEventHandlers: { mousedown: (view, line) => toggleStop(view, line.from, options) } }), stops, lintGutter(), history(), drawSelection(), highlightSpecialChars(), indentOnInput(),
        bracketMatching(), closeBrackets(), completion(options), hoverTooltip((view, pos) => what(view, pos, options)), asked,
        EditorState.allowMultipleSelections.of(true), rectangularSelection(), search({ top: true }), highlightSelectionMatches(),
        go(), syntaxHighlighting(highlight), indentUnit.of("\t"), EditorState.tabSize.of(4), marks,
        EditorView.contentAttributes.of({
          "aria-label": options.label, "aria-description": "Tab indents; Escape, then Tab leaves the editor. F1 says what stands at the cursor, F9 sets a breakpoint.",
          tabindex: "0", autocapitalize: "off", autocorrect: "off", spellcheck: "false",
        }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) options.changed(update.state.doc.toString());
        }),
        keymap.of([
          // Run keys belong to the page; without this Enter would also be typed.
          { key: "Shift-Enter", run: () => true }, { key: "Mod-Enter", run: () => true },
          { key: "F1", run: ask }, { key: "F9", run: (view) => toggleStop(view, view.state.selection.main.head, options) }, { key: "Escape", run: unask }, { key: "Shift-Alt-f", run: () => { options.ask("format", 0, () => {}); return true; } },
          ...keys, ...closeBracketsKeymap, ...completionKeymap, ...searchKeymap, ...historyKeymap, ...defaultKeymap,
        ]),
      ],
    }),
  });
  view.dispatch({ effects: setStops.of(options.stops) });
  return {
    // stops are the lines with a breakpoint.
    stops() {
      const lines = [];
      view.state.field(stops).between(0, view.state.doc.length, (at) => { lines.push(view.state.doc.lineAt(at).number); });
      return lines;
    },
    // set replaces the text as one change that undo takes back, and keeps the line of the cursor.
    set(text) {
      const { doc, selection } = view.state;
      if (doc.toString() === text) return;
      const line = doc.lineAt(selection.main.head);
      const column = selection.main.head - line.from;
      view.dispatch({ changes: { from: 0, to: doc.length, insert: text } });
      view.dispatch({ selection: { anchor: offset(view.state.doc, line.number, column) } });
    },
    // wrong shows diagnostics: [{line, column, endLine, endColumn, message}].
    wrong(list) {
      const doc = view.state.doc;
      view.dispatch(setDiagnostics(view.state, list.map((d) => {
        const from = offset(doc, d.line, d.column);
        const to = d.endLine ? offset(doc, d.endLine, d.endColumn) : wordEnd(doc, from);
        return { from, to: Math.max(from, to), severity: "error", message: d.message };
      })));
    },
    // marks shows goroutines: [{line, style, html}].
    marks(list) { view.dispatch({ effects: setMarks.of(list) }); },
    // go moves the cursor there and the focus into the editor.
    go(line, column) {
      view.dispatch({ selection: { anchor: offset(view.state.doc, line, column) }, scrollIntoView: true });
      view.focus();
    },
    // goXY is go for a point in the window.
    goXY(x, y) {
      const pos = view.posAtCoords({ x, y });
      if (pos !== null) view.dispatch({ selection: { anchor: pos } });
      view.focus();
    },
  };
}

function wordEnd(doc, from) {
  const line = doc.lineAt(from);
  const word = /^(\w+|\S)/.exec(line.text.slice(from - line.from));
  return word ? from + word[0].length : Math.min(from + 1, line.to);
}
