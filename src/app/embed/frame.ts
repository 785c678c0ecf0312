// The code that puts Podpath into someone's page.

/** What the embed code is made from. */
export interface FrameCode {
  /** Address of the playground, without query and fragment. */
  readonly page: string;
  /** Query of the embed, with `?`. */
  readonly query: string;
  /** Scenario in a link, without `#`; "" when the query names the scenario. */
  readonly fragment: string;
  readonly title: string;
  /** Pixels. */
  readonly height: number;
}

/** An `<iframe>` as HTML. The sandbox keeps the frame away from the page around it. */
export function frameCode({ page, query, fragment, title, height }: FrameCode): string {
  const address = `${page}${query}${fragment === "" ? "" : `#${fragment}`}`;
  return [
    "<iframe",
    `  src="${escapeAttribute(address)}"`,
    `  title="${escapeAttribute(title)}"`,
    // As an attribute: a style breaks JSX, and a strict policy forbids it.
    `  width="100%" height="${height}" loading="lazy" frameborder="0"`,
    '  sandbox="allow-scripts"',
    "></iframe>",
  ].join("\n");
}

/** What the code with the YAML in the page is made from. */
export interface ElementCode extends FrameCode {
  readonly text: string;
  /** Whether the scenario is more than its YAML: actions, settings. */
  readonly isMore: boolean;
}

/** The script and a `<pod-path>` around the YAML, as HTML. */
export function elementCode({ page, query, fragment, title, height, text, isMore }: ElementCode): string {
  const options = [...new URLSearchParams(query)].filter(([name]) => name !== "embed");
  const all = [...options, ["height", String(height)], ["label", title], ...(isMore ? [["link", fragment]] : [])];
  const attributes = all.map(([name = "", value = ""]) => ` ${name}="${escapeAttribute(value)}"`).join("");
  return [
    `<script src="${escapeAttribute(new URL("embed.js", page).href)}" async></script>`,
    `<pod-path${attributes}><pre>`,
    `${escapeAttribute(text.trimEnd())}</pre></pod-path>`,
  ].join("\n");
}

function escapeAttribute(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
