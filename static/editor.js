// The editor's bridge: CodeMirror 6 behind five functions. What is right and
// wrong in a program is for Gopark's own front end to say; this file only
// shows it. Columns are UTF-16 units from 0, lines count from 1.

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentLess, insertTab } from "@codemirror/commands";
import { go } from "@codemirror/lang-go";
import { bracketMatching, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, setDiagnostics } from "@codemirror/lint";
import { EditorState, StateEffect, StateField } from "@codemirror/state";
import {
  Decoration, drawSelection, EditorView, highlightSpecialChars, keymap, lineNumbers, WidgetType,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";

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

// The same classes as the program has before it is edited.
const highlight = HighlightStyle.define([
  { tag: tags.keyword, class: "kw" },
  { tag: [tags.string, tags.character], class: "st" },
  { tag: [tags.number], class: "nu" },
  { tag: tags.comment, class: "cm" },
]);

// Tab indents, but Escape and then Tab leaves the editor: CodeMirror's rule.
const keys = [{ key: "Tab", run: insertTab, shift: indentLess }];

const offset = (doc, line, column) => {
  const l = doc.line(Math.min(Math.max(1, line), doc.lines));
  return Math.min(l.from + Math.max(0, column), l.to);
};

// create puts an editor into parent. options: doc, label, changed(text).
export function create(parent, options) {
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: options.doc,
      extensions: [
        lineNumbers(), lintGutter(), history(), drawSelection(), highlightSpecialChars(), indentOnInput(),
        bracketMatching(), closeBrackets(), autocompletion({ override: [] }),
        go(), syntaxHighlighting(highlight), indentUnit.of("\t"), EditorState.tabSize.of(4), marks,
        EditorView.contentAttributes.of({
          "aria-label": options.label, "aria-description": "Tab indents; Escape, then Tab leaves the editor.",
          autocapitalize: "off", autocorrect: "off", spellcheck: "false",
        }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) options.changed(update.state.doc.toString());
        }),
        keymap.of([
          // Run keys belong to the page; without this Enter would also be typed.
          { key: "Shift-Enter", run: () => true }, { key: "Mod-Enter", run: () => true },
          ...keys, ...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap,
        ]),
      ],
    }),
  });
  return {
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
