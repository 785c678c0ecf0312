// Hands the language service to Monaco: suggestions, hovers, quick fixes of one model.
import { type CancellationToken, type editor, type IDisposable, type IRange, languages } from "monaco-editor/editor";
import { FIELD_WORDS } from "../../../kubectl/index.ts";
import type { EditedText } from "../edited.ts";
import { complete, fixesFor, hover, type Request, type Suggestion } from "../language/index.ts";
import { LONG_TEXT } from "../long.ts";

/** Registers everything for one model; dispose it with the model. */
export function registerProviders(model: editor.ITextModel, edited: EditedText): IDisposable[] {
  const request = (line: number, column: number): Request => ({
    text: model.getValue(),
    line,
    column: column - 1,
    lister: edited.host.lister,
    descriptions: FIELD_WORDS,
  });
  const mine = (other: editor.ITextModel) => other === model && model.getValueLength() < LONG_TEXT;
  return [
    languages.registerCompletionItemProvider("yaml", {
      triggerCharacters: [" ", ":"],
      provideCompletionItems: (other, position, context) => {
        const before = other.getLineContent(position.lineNumber).slice(0, position.column - 1);
        const early = context.triggerCharacter !== undefined && !/[:-] $/.test(before);
        if (!mine(other) || early) return { suggestions: [] };
        return { suggestions: complete(request(position.lineNumber, position.column)).map(item) };
      },
    }),
    languages.registerHoverProvider("yaml", {
      provideHover: (other, position, token: CancellationToken) => {
        if (!mine(other)) return null;
        const found = hover(request(position.lineNumber, position.column));
        if (found === undefined || token.isCancellationRequested) return null;
        const contents = found.paragraphs.map((text, at) => ({
          value: at === 0 ? `**${escapeMarkdown(text)}**` : escapeMarkdown(text),
        }));
        return { range: rangeOf(found.span), contents };
      },
    }),
    languages.registerCodeActionProvider("yaml", {
      provideCodeActions: (other, range) => ({
        actions: mine(other) ? actions(other, range, edited) : [],
        dispose: () => undefined,
      }),
    }),
  ];
}

/** A span of one line as Monaco counts: columns from 1. */
export function rangeOf(span: { line: number; from: number; to: number; endLine?: number }): IRange {
  return {
    startLineNumber: span.line,
    startColumn: span.from + 1,
    endLineNumber: span.endLine ?? span.line,
    endColumn: span.to + 1,
  };
}

const KINDS = {
  field: languages.CompletionItemKind.Field,
  value: languages.CompletionItemKind.EnumMember,
  object: languages.CompletionItemKind.Snippet,
  name: languages.CompletionItemKind.Reference,
};

function item(suggestion: Suggestion, rank: number): languages.CompletionItem {
  const { label, detail, about, insert, kind, more } = suggestion;
  const { InsertAsSnippet, KeepWhitespace } = languages.CompletionItemInsertTextRule;
  return {
    label,
    kind: KINDS[kind],
    insertText: insert,
    insertTextRules: InsertAsSnippet | KeepWhitespace,
    range: rangeOf(suggestion.replace),
    sortText: String(rank).padStart(4, "0"),
    detail,
    ...(about === undefined ? {} : { documentation: { value: escapeMarkdown(about) } }),
    ...(more ? { command: { id: "editor.action.triggerSuggest", title: "" } } : {}),
  };
}

function actions(model: editor.ITextModel, range: IRange, edited: EditedText): languages.CodeAction[] {
  const text = model.getValue();
  const near = edited.state.problems.filter(({ line }) => line >= range.startLineNumber && line <= range.endLineNumber);
  return near.flatMap((problem) =>
    fixesFor(text, problem, edited.host.lister).map((fix, at) => ({
      title: fix.title,
      kind: "quickfix",
      isPreferred: at === 0,
      edit: {
        edits: fix.edits.map((edit) => ({
          resource: model.uri,
          versionId: model.getVersionId(),
          textEdit: { range: rangeOf(edit), text: edit.text },
        })),
      },
    })),
  );
}

/** Text that Markdown must not read as its own. */
export const escapeMarkdown = (text: string) => text.replace(/[\\`*_{}[\]()#+\-.!<>|~]/g, "\\$&");
