// The type of the normaliser, which is plain JavaScript so that it runs anywhere.
declare module "*/normalize.mjs" {
  /** Makes a transcript comparable: what is random becomes a placeholder, what has no order is put into one. */
  export function normalize(text: string): string;
}
