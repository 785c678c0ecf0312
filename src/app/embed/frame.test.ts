// The embed code: what it holds, and that nothing breaks out of it.
import { expect, it } from "vitest";
import { frameCode } from "./frame.ts";

it("[SHARE-1] the code is an iframe that needs no leave but scripts", () => {
  const code = frameCode({
    page: "https://example.test/podpath/",
    query: "?embed&view=split",
    fragment: "p1:abc",
    title: "A Service",
    height: 420,
  });
  expect(code).toBe(`<iframe
  src="https://example.test/podpath/?embed&amp;view=split#p1:abc"
  title="A Service"
  width="100%" height="420" loading="lazy" style="border: 0"
  sandbox="allow-scripts"
></iframe>`);
});

it("[SHARE-2] a title cannot break out of its attribute", () => {
  const code = frameCode({ page: "x", query: "", fragment: "", title: '"><script>', height: 1 });
  expect(code).toContain('title="&quot;&gt;&lt;script&gt;"');
});
