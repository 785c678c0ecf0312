// The Content-Security-Policy of the built page: scripts, styles, fonts and pictures of its own server, and no others.
import type { Plugin } from "vite";

/**
 * The policy as one line. `origin` is written out beside `'self'` where it is given: in a sandboxed frame, which has no
 * origin, WebKit lets `'self'` match nothing.
 */
export function contentPolicy(origin?: string): string {
  const own = origin === undefined ? "'self'" : `'self' ${origin}`;
  return [
    "default-src 'none'",
    `script-src ${own}`,
    // Monaco and React Flow place things by style attributes.
    `style-src ${own} 'unsafe-inline'`,
    `font-src ${own} data:`,
    `img-src ${own} data:`,
    `connect-src ${own}`,
    `worker-src ${own}`,
    `manifest-src ${own}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
  ].join("; ");
}

/** The origin of `PODPATH_ORIGIN`, undefined when it is not set. @throws Error when it is not an http or https origin. */
export function originFrom(environment: Readonly<Record<string, string | undefined>>): string | undefined {
  const given = environment.PODPATH_ORIGIN;
  if (given === undefined || given === "") return undefined;
  const origin = URL.canParse(given) ? new URL(given).origin : "null";
  if (!/^https?:/.test(origin))
    throw new Error(`PODPATH_ORIGIN is ${given}: expected an origin like https://example.org`);
  return origin;
}

/** Writes the policy into the built page, before anything that it governs. */
export const contentPolicyOfPage: Plugin = {
  name: "podpath-content-policy",
  apply: "build",
  transformIndexHtml: (html) =>
    html.replace(
      "<head>",
      `<head>\n    <meta http-equiv="Content-Security-Policy" content="${contentPolicy(originFrom(process.env))}" />`,
    ),
};
