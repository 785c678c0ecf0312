// The texts of lessons as elements; nothing in them is HTML.
import { type Block, type Inline, type LessonLink, plainText } from "../../lessons/index.ts";

interface Follows {
  readonly onLink: (link: LessonLink) => void;
}

export function Blocks({ blocks, onLink }: Follows & { readonly blocks: readonly Block[] }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: texts of a step never change their order
  return blocks.map((block, at) => <OneBlock key={at} block={block} onLink={onLink} />);
}

function OneBlock({ block, onLink }: Follows & { readonly block: Block }) {
  if (block.kind === "code") return <pre className="lesson-code">{block.text}</pre>;
  if (block.kind === "paragraph")
    return (
      <p>
        <Inlines of={block.children} onLink={onLink} />
      </p>
    );
  const List = block.ordered ? "ol" : "ul";
  return (
    <List>
      {block.items.map((item, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: texts of a step never change their order
        <li key={at}>
          <Inlines of={item} onLink={onLink} />
        </li>
      ))}
    </List>
  );
}

export function Inlines({ of, onLink }: Follows & { readonly of: readonly Inline[] }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: texts of a step never change their order
  return of.map((inline, at) => <OneInline key={at} inline={inline} onLink={onLink} />);
}

function OneInline({ inline, onLink }: Follows & { readonly inline: Inline }) {
  if (inline.kind === "text") return inline.text;
  if (inline.kind === "code") return <code>{inline.text}</code>;
  if (inline.kind === "link")
    return (
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
