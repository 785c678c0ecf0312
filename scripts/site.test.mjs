// What the published site has beside the playground.
import assert from "node:assert/strict";
import { test } from "node:test";
import { errorPage, oEmbed, pageOf, sitemap } from "./site-pages.mjs";

const SITE = "https://example.org/podpath/";
const LESSON = { kind: "lesson", name: "four-ports", title: 'Four "ports" & <more>', about: "Which is which?" };
const EXAMPLE = {
  kind: "scenario",
  name: "nodeport",
  title: "NodePort",
  about: "A & B",
  yaml: "kind: Service # <a>\n",
};

test("an oEmbed answer has what version 1.0 asks of a rich one, with the frame's code", () => {
  const answer = oEmbed(LESSON, SITE);
  assert.deepEqual([answer.version, answer.type, answer.width, answer.height], ["1.0", "rich", 800, 480]);
  assert.match(
    answer.html,
    /^<iframe src="https:\/\/example\.org\/podpath\/\?embed&amp;lesson=four-ports" title="Four &quot;ports&quot; &amp; &lt;more&gt;" width="800" height="480" /,
  );
});

test("the page of an entry shows it without a script and names its oEmbed answer", () => {
  const html = pageOf(EXAMPLE, SITE);
  assert.ok(
    html.includes('type="application/json+oembed" href="https://example.org/podpath/oembed/examples/nodeport.json"'),
  );
  assert.ok(html.includes('<a href="../?scenario=nodeport">Open it</a>'));
  assert.ok(html.includes("<pre>kind: Service # &lt;a&gt;\n</pre>"));
  assert.ok(!html.includes("<script") && !pageOf(LESSON, SITE).includes("<pre"));
});

test("the sitemap lists the playground, the entries and the documentation", () => {
  const locations = [...sitemap([EXAMPLE, LESSON], ["docs/index.html"], SITE).matchAll(/<loc>(.*)<\/loc>/g)].map(
    ([, at]) => at,
  );
  assert.deepEqual(
    locations,
    ["", "examples/nodeport.html", "lessons/four-ports.html", "docs/index.html"].map((path) => SITE + path),
  );
});

test("the page for what isn't there links from the site's address, whatever the depth", () => {
  assert.equal(
    errorPage("<html><head></head></html>", SITE),
    `<html><head>\n    <base href="${SITE}" /></head></html>`,
  );
});
