// The address of this page and links to it.

/** The address of the playground, wherever it is served, without query and fragment. */
export function pageAddress(): string {
  return location.href.replace(/[?#].*$/s, "");
}
