// What open panels do for others, who never import them: each door is there as long as its panel.

/** The editor's text, for those who change fields in it. */
export interface ManifestDoor {
  text(): string;
  /** Puts this text in the place of the old one as an edit that can be undone, and applies it. */
  change(text: string): void;
}

/** Puts a line behind the console's prompt, for the visitor to read and run; false when the prompt is out of sight. */
export type PromptDoor = (line: string) => boolean;

/** The doors of one page. */
export class Doors {
  manifest: ManifestDoor | undefined;
  prompt: PromptDoor | undefined;

  /** Opens the door to the text; returns how to close it. */
  openManifest(door: ManifestDoor): () => void {
    this.manifest = door;
    return () => {
      if (this.manifest === door) this.manifest = undefined;
    };
  }

  /** Opens the door to the prompt; returns how to close it. */
  openPrompt(door: PromptDoor): () => void {
    this.prompt = door;
    return () => {
      if (this.prompt === door) this.prompt = undefined;
    };
  }
}
