// Links to a playground, made where no playground runs: in a site's build, a server, a template.
import { LINK_LIMIT, packDeflated, packPlain } from "../../../scenario/pack.ts";
import { attributeOf, type FrameOptions, OPTIONS } from "./attributes.ts";

/** Where the playground is by default: on the same host as the page, where the package's files are put. */
export const DEFAULT_SITE = "/podpath/";

/** What a link opens. */
export interface LinkOptions extends FrameOptions {
  /** The manifest. Without one, `scenario` or `lesson` says what is opened, or the first example is. */
  readonly yaml?: string | undefined;
  /** Address of the playground; `/podpath/` by default. */
  readonly site?: string | undefined;
  /** Whether the link is for a frame. */
  readonly embed?: boolean | undefined;
  readonly theme?: "auto" | "light" | "dark" | undefined;
}

const KNOWN: ReadonlySet<string> = new Set([...OPTIONS, "yaml", "site", "embed", "theme"]);

/**
 * A link that opens a manifest, an example or a lesson. The manifest is in the link itself, as codec `b1` writes it.
 *
 * @throws Error for an option that there is not, an address that can't be one, and a manifest that is too long for a link.
 * @example link({ yaml, site: "https://example.org/podpath/", view: "split" })
 */
export function link(options: LinkOptions): string {
  return whole(options, ({ yaml }) => packPlain({ text: yaml }));
}

/** The same, about half as long or less: the manifest is deflated, as the page itself does it (codec `p1`). */
export async function shortLink(options: LinkOptions): Promise<string> {
  const { yaml, ...rest } = options;
  if (yaml === undefined) return link(rest);
  const fragment = await packDeflated({ text: yaml, version: 1 });
  return whole(options, () => fragment);
}

function whole(options: LinkOptions, pack: (options: LinkOptions) => string): string {
  for (const name of Object.keys(options)) if (!KNOWN.has(name)) throw new Error(`link: there is no option "${name}"`);
  const query = new URLSearchParams();
  const { yaml, site = DEFAULT_SITE, embed, theme } = options;
  if (embed === true) query.set("embed", "");
  for (const name of OPTIONS) {
    const value = attributeOf(options[name]);
    if (value !== undefined) query.set(name, value);
  }
  if (theme !== undefined && theme !== "auto") query.set("theme", theme);
  const fragment = yaml === undefined ? "" : `#${pack(options)}`;
  if (fragment.length > LINK_LIMIT + 1)
    throw new Error(`link: the manifest makes ${fragment.length} characters, at most ${LINK_LIMIT} can be opened`);
  const search = query.toString().replace(/^embed=(?=&|$)/, "embed");
  return `${folder(site)}${search === "" ? "" : `?${search}`}${fragment}`;
}

/** The address of a site with the `/` that makes it a folder. @throws Error */
export function folder(site: string): string {
  if (!/^(?:https?:\/\/[^/?#\s]|\/(?!\/)|\.{1,2}\/)[^?#\s]*$/.test(site) && site !== "/")
    throw new Error(`site is "${site}": expected an address like https://example.org/podpath/ or /podpath/`);
  return /\/$|\/[^/]+\.html$/.test(site.replace(/^https?:\/\/[^/]*/, "")) ? site : `${site}/`;
}
