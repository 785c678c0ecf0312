// How data becomes the part of a link after `#`: for the codecs, and for who writes links without a cluster.

/** Bytes in base64url, without padding. */
export function toBase64url(bytes: Uint8Array): string {
  let binary = "";
  for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** A scenario, or a part of one that has its `text`, by codec `b1`. Spec: [LINK-13]. */
export function packPlain(scenario: object): string {
  return `b1:${toBase64url(new TextEncoder().encode(JSON.stringify(scenario)))}`;
}

/** A scenario by codec `p1`: raw deflate. Spec: [LINK-1]. */
export async function packDeflated(scenario: object): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(scenario));
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  return `p1:${toBase64url(new Uint8Array(await new Response(stream).arrayBuffer()))}`;
}

/** Longest fragment that is read. */
export const LINK_LIMIT = 500_000;
