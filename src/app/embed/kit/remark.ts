// Plug-in for remark (Docusaurus, Astro, Starlight, Next.js and whatever else reads Markdown with unified).
import { readFence } from "./fence.ts";

/** What of a node of mdast is read here. */
interface MarkdownNode {
  readonly type: string;
  lang?: string | null | undefined;
  meta?: string | null | undefined;
  children?: MarkdownNode[];
  readonly position?: { readonly start: { readonly line: number } } | undefined;
  readonly data?: { readonly hName: string; readonly hProperties: Readonly<Record<string, string>> };
}

/**
 * Puts a `<pod-path>` around each block of code that begins with ```` ```yaml podpath ````. The block stays what it is, so the
 * site's own highlighter writes it, and it is what readers see where no script runs. In MDX and with remark-rehype alike.
 *
 * @example remarkPlugins: [podpath]
 */
export function podpath(): (tree: object) => void {
  return (tree) => visit(tree as MarkdownNode); // unified gives the root of an mdast
}

function visit(parent: MarkdownNode): void {
  parent.children?.forEach((node, at, all) => {
    const wrapped = node.type === "code" ? wrap(node) : undefined;
    if (wrapped === undefined) visit(node);
    else all[at] = wrapped;
  });
}

function wrap(node: MarkdownNode): MarkdownNode | undefined {
  const fence = read(node);
  if (fence === undefined) return undefined;
  const [lang = "yaml", ...meta] = fence.rest.trim().split(/\s+/);
  node.lang = lang;
  node.meta = meta.length === 0 ? null : meta.join(" ");
  return {
    type: "podpath",
    children: [node],
    data: { hName: "pod-path", hProperties: Object.fromEntries(fence.attributes) },
    position: node.position,
  };
}

function read({ lang, meta, position }: MarkdownNode) {
  try {
    return readFence(`${lang ?? ""} ${meta ?? ""}`);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new Error(`${error.message} (the block of code at line ${position?.start.line ?? "?"})`);
  }
}
