// What open panels do for others, who never import them: each door is there as long as its panel.

/** The editor's text, for those who change fields in it. */
export interface ManifestDoor {
  text(): string;
  /** Puts this text in place of the old one as an edit that can be undone, and applies it. */
  change(text: string): void;
  /** Applies at once what was typed last. */
  settle(): void;
}

/** The keeper of the visitor's work. */
export interface WorkDoor {
  /** Called for every text in the editor, before it is applied. */
  typed(text: string): void;
  /** Called when a note was written or removed. */
  noted(): void;
}

/** Puts a line at the console's prompt, for the visitor to read and run; false when the prompt is out of sight. */
export type PromptDoor = (line: string) => boolean;

/** The doors of one page. */
export class Doors {
  manifest: ManifestDoor | undefined;
  prompt: PromptDoor | undefined;
  work: WorkDoor | undefined;

  /** Opens the door to the text; returns how to close it. */
  openManifest(door: ManifestDoor): () => void {
    this.manifest = door;
    return () => {
      if (this.manifest === door) this.manifest = undefined;
    };
  }

  /** Opens the door to the keeper of the work; returns how to close it. */
  openWork(door: WorkDoor): () => void {
    this.work = door;
    return () => {
      if (this.work === door) this.work = undefined;
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
