// A sentence in which some words look different, in whatever order a language has them.

interface MarkedProps {
  /** What is between backticks is marked. */
  readonly text: string;
  /** By default, code that stays in its own direction. */
  readonly as?: "b" | "bdi" | "kbd";
}

export function Marked({ text, as: Tag = "bdi" }: MarkedProps) {
  return text.split("`").map((piece, at) =>
    at % 2 === 0 ? (
      piece
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: a sentence never changes its order
      <Tag key={at} className={Tag === "bdi" ? "mono" : undefined}>
        {piece}
      </Tag>
    ),
  );
}
