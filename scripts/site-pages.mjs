// The pages and answers that the published site has beside the playground; each is a function of an entry and the site's address.

const escaped = (text) =>
  text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

const SIZE = { width: 800, height: 480 };
const folderOf = ({ kind }) => (kind === "scenario" ? "examples" : "lessons");

/** What oEmbed calls the rich representation of an entry. https://oembed.com, version 1.0 */
export function oEmbed(entry, address) {
  const { kind, name, title } = entry;
  const source = `${address}?embed&${kind}=${name}`;
  const { width, height } = SIZE;
  return {
    version: "1.0",
    type: "rich",
    provider_name: "Podpath",
    provider_url: address,
    title,
    cache_age: 86_400,
    ...SIZE,
    html: `<iframe src="${escaped(source)}" title="${escaped(title)}" width="${width}" height="${height}" loading="lazy" frameborder="0" sandbox="allow-scripts allow-popups"></iframe>`,
  };
}

/** A page that shows an entry without a script, leads to it, and lets readers of links find its oEmbed answer. */
export function pageOf(entry, address) {
  const { kind, name, title, about, yaml } = entry;
  const [folder, what] = [folderOf(entry), kind === "scenario" ? "An example" : "A lesson"];
  const here = `${address}${folder}/${name}.html`;
  const block = yaml === undefined ? "" : `\n    <pre>${escaped(yaml)}</pre>`;
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src 'self'" />
    <meta name="description" content="${escaped(about)}" />
    <meta property="og:title" content="${escaped(title)} – Podpath" />
    <meta property="og:description" content="${escaped(about)}" />
    <meta property="og:url" content="${here}" />
    <meta property="og:image" content="${address}icons/icon-512.png" />
    <link rel="canonical" href="${here}" />
    <link rel="alternate" type="application/json+oembed" href="${address}oembed/${folder}/${name}.json" title="${escaped(title)}" />
    <link rel="icon" href="../favicon.svg" type="image/svg+xml" />
    <style>
      body { max-width: 46em; margin: 8vh auto; padding: 0 1.5em; font: 17px/1.55 system-ui, sans-serif; }
      pre { overflow: auto; padding: 1em; border: 1px solid #8886; border-radius: 8px; font-size: 14px; }
    </style>
    <title>${escaped(title)} – Podpath</title>
  </head>
  <body>
    <p>${what} of <a href="../">Podpath</a>, a playground for Kubernetes Services</p>
    <h1>${escaped(title)}</h1>
    <p>${escaped(about)}</p>
    <p><a href="../?${kind}=${name}">Open it</a></p>${block}
  </body>
</html>
`;
}

/** The sitemap of the entries, the playground itself and pages of documentation. */
export function sitemap(entries, pages, address) {
  const all = ["", ...entries.map((entry) => `${folderOf(entry)}/${entry.name}.html`), ...pages];
  const urls = all.map((path) => `  <url><loc>${escaped(address + path)}</loc></url>`);
  return `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${urls.join("\n")}
</urlset>
`;
}

/** The page for what isn't there. Hosts show it at any depth, so its links begin at the site's own address. */
export function errorPage(html, address) {
  return html.replace("<head>", `<head>\n    <base href="${escaped(address)}" />`);
}
