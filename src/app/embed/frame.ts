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
    `  width="100%" height="${height}" loading="lazy" style="border: 0"`,
    '  sandbox="allow-scripts"',
    "></iframe>",
  ].join("\n");
}

function escapeAttribute(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
