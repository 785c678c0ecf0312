// Builds `embed.js`, the script for other people's pages, beside the site.
import { build, type Plugin } from "vite";

/** Adds `embed.js` to the built site: one classic script without imports, which a page may load as a module too. */
export const embedKit: Plugin = {
  name: "podpath-embed-kit",
  apply: "build",
  closeBundle: {
    sequential: true,
    async handler() {
      await build({
        configFile: false,
        logLevel: "warn",
        publicDir: false,
        build: {
          emptyOutDir: false,
          copyPublicDir: false,
          lib: { entry: "src/app/embed/kit/script.ts", formats: ["iife"], name: "podpath", fileName: () => "embed.js" },
        },
      });
    },
  },
};
