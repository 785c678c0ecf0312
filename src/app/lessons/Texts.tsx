// The texts of lessons as elements; nothing in them is HTML.
import type { Block, LessonLink } from "../../lessons/index.ts";
import { Inlines } from "../ui/Inlines.tsx";

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
