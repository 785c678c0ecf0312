// The running text of lessons as elements; nothing in it is HTML.
import { type Inline, type LessonLink, plainText } from "../../lessons/index.ts";

interface InlinesProps {
  readonly of: readonly Inline[];
  /** Follows a link; without it links are text. */
  readonly onLink?: ((link: LessonLink) => void) | undefined;
}

export function Inlines({ of, onLink }: InlinesProps) {
  // biome-ignore lint/suspicious/noArrayIndexKey: a text never changes its order
  return of.map((inline, at) => <OneInline key={at} inline={inline} onLink={onLink} />);
}

function OneInline({ inline, onLink }: { readonly inline: Inline } & Pick<InlinesProps, "onLink">) {
  if (inline.kind === "text") return inline.text;
  if (inline.kind === "code") return <code>{inline.text}</code>;
  if (inline.kind === "link")
    return onLink === undefined ? (
      <Inlines of={inline.children} />
    ) : (
      <button type="button" className="lesson-link" onClick={() => onLink(inline.to)}>
        {plainText(inline.children)}
      </button>
    );
  const Tag = inline.kind;
  return (
    <Tag>
      <Inlines of={inline.children} onLink={onLink} />
    </Tag>
  );
}
