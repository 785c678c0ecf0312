// The pages beside the playground that an address may ask for.

/** What an address asks for. */
export type AskedDesk =
  | { readonly kind: "results" }
  /** The lesson by its name; "": all of them. */
  | { readonly kind: "teacher"; readonly lesson: string }
  /** The notes of a talk in another window. */
  | { readonly kind: "notes"; readonly id: string };

/** The page that a query asks for; undefined for the playground. */
export function deskAsked(search: string): AskedDesk | undefined {
  const query = new URLSearchParams(search);
  if (query.has("results")) return { kind: "results" };
  const id = query.get("notes");
  if (id !== null) return { kind: "notes", id: id.slice(0, 40) };
  const lesson = query.get("teacher");
  return lesson === null ? undefined : { kind: "teacher", lesson };
}
