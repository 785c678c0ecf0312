// The embed code: what it holds, and that nothing breaks out of it.
import { expect, it } from "vitest";
import { elementCode, frameCode } from "./frame.ts";

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
  width="100%" height="420" loading="lazy" frameborder="0"
  sandbox="allow-scripts"
></iframe>`);
});

it("[SHARE-2] a title cannot break out of its attribute", () => {
  const code = frameCode({ page: "x", query: "", fragment: "", title: '"><script>', height: 1 });
  expect(code).toContain('title="&quot;&gt;&lt;script&gt;"');
});

it("[SHARE-7] the code with the YAML in the page holds it as text, its options as attributes, and a link only where it is more", () => {
  const given = {
    page: "https://example.test/podpath/",
    query: "?embed&view=split&focus=default%2Fweb",
    fragment: "p1:abc",
    title: 'A "Service"',
    height: 420,
    text: 'kind: Service # <b> & "x"\n\n',
  };
  const pre = `<pre>
kind: Service # &lt;b&gt; &amp; &quot;x&quot;</pre></pod-path>`;
  const script = '<script src="https://example.test/podpath/embed.js" async></script>';
  expect(elementCode({ ...given, isMore: false })).toBe(
    `${script}
<pod-path view="split" focus="default/web" height="420" label="A &quot;Service&quot;">${pre}`,
  );
  expect(elementCode({ ...given, isMore: true })).toContain(' link="p1:abc">');
});
