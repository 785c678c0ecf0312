// Files by which hosts learn what headers to send, from the one policy of the page. docs/hosting.md says what each host does.
import type { Plugin } from "vite";
import { contentPolicy, originFrom } from "./content-policy.ts";

/** Sent with everything: a sandboxed frame has no origin, so its scripts need leave, and pages elsewhere may hold the frame. */
const ALWAYS = {
  "Access-Control-Allow-Origin": "*",
  "Cross-Origin-Resource-Policy": "cross-origin",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
};

/** Sent with what has a hash in its name. Workers obey only a policy that is sent with them; the page carries its own. */
const assets = () => ({
  "Cache-Control": "public, max-age=31536000, immutable",
  "Content-Security-Policy": contentPolicy(originFrom(process.env)),
});

/** For Netlify and Cloudflare Pages. */
export function headersFile(): string {
  const lines = (headers: Readonly<Record<string, string>>) =>
    Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`);
  return `${["/*", ...lines(ALWAYS), "/assets/*", ...lines(assets())].join("\n")}\n`;
}

/** For Apache, where AllowOverride lets a folder say so. */
export function apacheFile(): string {
  const lines = (headers: Readonly<Record<string, string>>) =>
    Object.entries(headers).map(([name, value]) => `Header set ${name} "${value}"`);
  return `ErrorDocument 404 /404.html
AddType application/manifest+json .webmanifest
AddType font/woff2 .woff2
<IfModule mod_headers.c>
  ${lines(ALWAYS).join("\n  ")}
  <If "%{REQUEST_URI} =~ m#/assets/#">
    ${lines(assets()).join("\n    ")}
  </If>
</IfModule>
`;
}

/** For nginx, to be included in the server that serves the folder. */
export function nginxFile(): string {
  const lines = (headers: Readonly<Record<string, string>>) =>
    Object.entries(headers).map(([name, value]) => `add_header ${name} "${value}" always;`);
  return `# include this file in the server block that serves Podpath from its root.
location / {
  error_page 404 /404.html;
  ${lines(ALWAYS).join("\n  ")}
}
location /assets/ {
  ${[...lines(ALWAYS), ...lines(assets())].join("\n  ")}
}
`;
}

/** Adds them to the built site. */
export const hostFiles: Plugin = {
  name: "podpath-host-files",
  apply: "build",
  generateBundle() {
    const files = { _headers: headersFile(), ".htaccess": apacheFile(), "nginx.conf": nginxFile(), ".nojekyll": "" };
    for (const [fileName, source] of Object.entries(files)) this.emitFile({ type: "asset", fileName, source });
  },
};
