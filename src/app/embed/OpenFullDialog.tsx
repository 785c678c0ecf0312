// What is offered where the page around the frame lets it open no windows.

import { W } from "../../words/en/embed-dialog.ts";
import { CopyField } from "../ui/CopyField.tsx";
import { Dialog } from "../ui/Dialog.tsx";

export function OpenFullDialog({ link, onClose }: { readonly link: string; readonly onClose: () => void }) {
  return (
    <Dialog title={W.full} onClose={onClose}>
      <p>{W.noWindows}</p>
      <CopyField label={W.link} text={link} rows={3} />
    </Dialog>
  );
}
