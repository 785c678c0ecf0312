// The documentation site. `npm run docs` builds it into dist/docs, beside the playground that its pages embed.
import { defineConfig } from "vitepress";
import { podpath } from "../../src/app/embed/kit/markdown-it.ts";

/** Where the site will be: the playground is one folder up. */
const base = process.env.PODPATH_DOCS_BASE ?? "/docs/";
const site = base.replace(/docs\/$/, "");

/** Files of the repository that are no pages: what names them stays text. */
const OF_THE_REPOSITORY =
  /^(?:\.\.\/)*(?:\.\/)?(?:src|scripts|public|integrations|README|CHANGELOG|CONTRIBUTING|SECURITY|LICENSE)\b/;

interface Token {
  type: string;
  tag: string;
  attrs: [string, string][] | null;
  children: Token[] | null;
}

function leaveText(tokens: readonly Token[]): void {
  let open: Token | undefined;
  for (const token of tokens) {
    if (token.children !== null) leaveText(token.children);
    if (token.type === "link_open") {
      const address = token.attrs?.find(([name]) => name === "href");
      if (address !== undefined) address[1] = address[1].replace(/^docs\//, "/");
      if (address !== undefined && OF_THE_REPOSITORY.test(address[1])) {
        Object.assign(token, { tag: "span", attrs: null });
        open = token;
      }
    } else if (token.type === "link_close" && open !== undefined) {
      token.tag = "span";
      open = undefined;
    }
  }
}

const page = (text: string, link: string) => ({ text, link });

export default defineConfig({
  title: "Podpath",
  description: "A playground for Kubernetes Services: documentation",
  base,
  srcExclude: ["seeds.md"],
  outDir: "../dist/docs",
  cacheDir: "../node_modules/.cache/podpath-docs",
  head: [
    ["link", { rel: "icon", href: `${site}favicon.svg`, type: "image/svg+xml" }],
    ["script", { src: `${site}embed.js`, async: "" }],
  ],
  vue: { template: { compilerOptions: { isCustomElement: (tag) => tag === "pod-path" } } },
  markdown: {
    languageAlias: { "go-html-template": "html" },
    config(markdown) {
      markdown.use(podpath);
      const { code_inline: inner } = markdown.renderer.rules;
      // Braces in code are the templates of others, not this site's.
      if (inner !== undefined)
        markdown.renderer.rules.code_inline = (...all) => inner(...all).replace(/^<code/, "<code v-pre");
      markdown.core.ruler.push("files-of-the-repository", ({ tokens }) => leaveText(tokens as Token[]));
    },
  },
  themeConfig: {
    search: { provider: "local" },
    nav: [
      page("Tutorials", "/tutorials/first-service"),
      page("Reference", "/embed"),
      { text: "Playground", link: `${site}`, target: "_self" },
    ],
    sidebar: [
      {
        text: "Tutorials",
        items: [
          page("Your first Service", "/tutorials/first-service"),
          page("Find out why a request fails", "/tutorials/a-failed-request"),
          page("Put a playground into a page", "/tutorials/into-a-page"),
        ],
      },
      {
        text: "For authors of documentation",
        items: [
          page("kubernetes.io, Docsy, Hugo", "/how-to/hugo"),
          page("Docusaurus", "/how-to/docusaurus"),
          page("VitePress", "/how-to/vitepress"),
          page("Starlight and Astro", "/how-to/starlight"),
          page("MkDocs Material", "/how-to/mkdocs"),
          page("mdBook", "/how-to/mdbook"),
          page("Host it yourself", "/hosting"),
        ],
      },
      {
        text: "For teachers",
        items: [page("Teach with it", "/classroom"), page("Write a lesson", "/how-to/write-a-lesson")],
      },
      {
        text: "For contributors",
        items: [
          page("Add a kind", "/how-to/add-a-kind"),
          page("Add a verb to kubectl", "/how-to/add-a-verb"),
          page("Architecture", "/architecture"),
          page("Decisions", "/decisions"),
          page("Glossary", "/glossary"),
        ],
      },
      {
        text: "Reference",
        items: [
          page("Embed and links", "/embed"),
          page("npm package", "/npm"),
          page("Shell", "/reference/shell"),
          page("Lesson files", "/reference/lesson-files"),
          page("Problems it explains", "/pains"),
        ],
      },
      {
        text: "Explanation",
        items: [
          page("What is simulated", "/explanation/what-is-simulated"),
          page("How kube-proxy works", "/explanation/kube-proxy"),
          page("How Services behave", "/semantics"),
        ],
      },
    ],
  },
});
