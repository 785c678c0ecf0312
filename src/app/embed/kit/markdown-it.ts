// Plug-in for markdown-it (VitePress, Eleventy and others).
import { htmlAttributes, readFence } from "./fence.ts";

/** What of markdown-it's tokens and renderer is used here. */
interface Token {
  info: string;
  readonly map: readonly number[] | null;
}
interface MarkdownIt {
  readonly renderer: {
    readonly rules: {
      // biome-ignore lint/suspicious/noExplicitAny: what a rule is given beside the tokens is markdown-it's own
      fence?: ((tokens: any[], at: number, ...rest: any[]) => string) | undefined;
    };
  };
}

/**
 * Puts a `<pod-path>` around each block of code that begins with ```` ```yaml podpath ````; what is in it is written by the site's
 * own rule for blocks of code.
 *
 * @example markdown.use(podpath)
 */
export function podpath(markdown: MarkdownIt): void {
  const { rules } = markdown.renderer;
  const { fence: inner } = rules;
  if (inner === undefined) throw new Error("podpath: this markdown-it has no rule for blocks of code");
  rules.fence = function (this: unknown, tokens, at, ...rest) {
    const token: Token = tokens[at];
    const fence = read(token);
    if (fence === undefined) return inner.call(this, tokens, at, ...rest);
    const { info } = token;
    token.info = fence.rest;
    try {
      return `<pod-path${htmlAttributes(fence.attributes)}>${inner.call(this, tokens, at, ...rest)}</pod-path>\n`;
    } finally {
      token.info = info;
    }
  };
}

function read({ info, map }: Token) {
  try {
    return readFence(info);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new Error(`${error.message} (the block of code at line ${map === null ? "?" : (map[0] ?? 0) + 1})`);
  }
}
