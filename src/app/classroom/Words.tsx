// The texts of lessons to read: nothing in them leads anywhere, and nothing is HTML.
import { type Inline, parseInline } from "../../lessons/index.ts";

export function Words({ of }: { readonly of: readonly Inline[] }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: texts never change their order
  return of.map((inline, at) => <Word key={at} inline={inline} />);
}

function Word({ inline }: { readonly inline: Inline }) {
  if (inline.kind === "text") return inline.text;
  if (inline.kind === "code") return <code>{inline.text}</code>;
  if (inline.kind === "link") return <Words of={inline.children} />;
  const Tag = inline.kind;
  return (
    <Tag>
      <Words of={inline.children} />
    </Tag>
  );
}

/** A text as it is written, with its code and emphasis. */
export function Written({ text }: { readonly text: string }) {
  return <Words of={parseInline(text)} />;
}
