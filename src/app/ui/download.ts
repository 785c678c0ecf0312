// Gives the visitor a file.

/** Saves a text or bytes under a name, by the browser's own way to save files. */
export function download(name: string, type: string, content: string | Uint8Array<ArrayBuffer>): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const anchor = document.createElement("a");
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  URL.revokeObjectURL(url);
}

/** Saves data as JSON under a name. */
export function downloadJson(name: string, data: unknown): void {
  download(name, "application/json", `${JSON.stringify(data, null, 2)}\n`);
}
