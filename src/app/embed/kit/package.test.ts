// What the package's functions make; scripts/packed.test.mjs tries the package itself.
import { describe, expect, test } from "vitest";
import { decode } from "../../../scenario/index.ts";
import { readFence } from "./fence.ts";
import { type LinkOptions, link, shortLink } from "./link.ts";
import { podpath as markdownItPodpath } from "./markdown-it.ts";
import { podpath as remarkPodpath } from "./remark.ts";

const YAML = "apiVersion: v1\nkind: Service # “ä”\nmetadata:\n  name: web\n";

describe("links", () => {
  test.each([
    [{}, "/podpath/"],
    [{ scenario: "nodeport", site: "https://example.org/p" }, "https://example.org/p/?scenario=nodeport"],
    [{ lesson: "four-ports", step: 2, site: "../podpath/" }, "../podpath/?step=2&lesson=four-ports"],
    [
      { embed: true, view: "split", controls: false, theme: "dark" } as const,
      "/podpath/?embed&view=split&controls=0&theme=dark",
    ],
    [{ embed: true, site: "https://example.org/index.html" }, "https://example.org/index.html?embed"],
    [{ yaml: "kind: Service\n" }, "/podpath/#b1:eyJ0ZXh0Ijoia2luZDogU2VydmljZVxuIn0"],
  ])("[PACKAGE-1] %j is %s", (options, address) => {
    expect(link(options)).toBe(address);
  });

  test("[PACKAGE-1] both codecs give the manifest back", async () => {
    const [plain, short] = [link({ yaml: YAML }), await shortLink({ yaml: YAML, view: "split" })];
    expect(short).toMatch(/^\/podpath\/\?view=split#p1:/);
    for (const address of [plain, short]) {
      const opened = await decode(address.slice(address.indexOf("#")));
      expect(opened).toMatchObject({ kind: "scenario", scenario: { text: YAML, log: [] } });
    }
    expect(await shortLink({ scenario: "nodeport" })).toBe("/podpath/?scenario=nodeport");
  });

  test.each([
    [{ veiw: "split" }, 'link: there is no option "veiw"'],
    [{ site: "javascript:alert(1)" }, 'site is "javascript:alert(1)": expected an address'],
    [{ site: "//example.org" }, 'site is "//example.org"'],
    [{ site: "https://example.org/?a" }, "expected an address like https://example.org/podpath/"],
    [{ yaml: "x".repeat(400_000) }, "at most 500000 can be opened"],
  ])("[PACKAGE-1] %.60j is refused", (options, message) => {
    expect(() => link(options as LinkOptions)).toThrow(message); // what a script without types may give
  });
});

describe("blocks of code", () => {
  test.each([
    ["yaml podpath", [], "yaml"],
    ["yml podpath view=split", [["view", "split"]], "yml"],
    [
      "yaml {1,3-4} title=\"a\" podpath send='laptop' autoplay",
      [
        ["send", "laptop"],
        ["autoplay", "1"],
      ],
      'yaml {1,3-4} title="a"',
    ],
    [
      'yaml{2} podpath caption="a <b> & c" focus=default/web',
      [
        ["caption", "a <b> & c"],
        ["focus", "default/web"],
      ],
      "yaml{2}",
    ],
  ])("[PACKAGE-2] %s is a playground", (info, attributes, rest) => {
    expect(readFence(info)).toEqual({ attributes: new Map(attributes as [string, string][]), rest });
  });

  test.each(["", "yaml", "bash podpath", "yaml podpaths", "yamlpodpath", "podpath"])(
    "[PACKAGE-2] %s is none",
    (info) => {
      expect(readFence(info)).toBeUndefined();
    },
  );

  test.each(["yaml podpath veiw=split", "yaml podpath onload=x", "yaml podpath constructor"])(
    "[PACKAGE-2] %s is refused",
    (info) => {
      expect(() => readFence(info)).toThrow(/^podpath: ".*" is no attribute; there are scenario, view,/);
    },
  );

  test("[PACKAGE-2] long info takes linear time", () => {
    expect(readFence(`yaml ${"p ".repeat(200_000)}`)).toBeUndefined();
    expect(() => readFence(`yaml podpath ${"a".repeat(200_000)}`)).toThrow();
  });

  test("[PACKAGE-3] remark: the block stays, within an element", () => {
    const code = { type: "code", lang: "yaml", meta: "{1} podpath view=split", value: YAML };
    const tree = {
      type: "root",
      children: [{ type: "list", children: [code, { type: "code", lang: "sh", meta: null }] }],
    };
    remarkPodpath()(tree);
    expect(tree.children[0]?.children).toMatchObject([
      {
        type: "podpath",
        data: { hName: "pod-path", hProperties: { view: "split" } },
        children: [{ type: "code", lang: "yaml", meta: "{1}", value: YAML }],
      },
      { type: "code", lang: "sh" },
    ]);
    const wrong = { type: "code", lang: "yaml", meta: "podpath x", position: { start: { line: 7 } } };
    expect(() => remarkPodpath()({ type: "root", children: [wrong] })).toThrow("the block of code at line 7");
  });

  test("[PACKAGE-3] markdown-it: the site's own rule writes what is within", () => {
    const rules = { fence: (tokens: { info: string }[], at: number) => `<pre class="${tokens[at]?.info}">…</pre>` };
    markdownItPodpath({ renderer: { rules } });
    const tokens = [
      { info: 'yaml podpath caption="a <b>"', map: [2, 9] },
      { info: "sh" },
      { info: "yaml podpath x", map: [2, 9] },
    ];
    expect(rules.fence(tokens, 0)).toBe('<pod-path caption="a &lt;b&gt;"><pre class="yaml">…</pre></pod-path>\n');
    expect(rules.fence(tokens, 1)).toBe('<pre class="sh">…</pre>');
    expect(() => rules.fence(tokens, 2)).toThrow("the block of code at line 3");
  });
});
