// What is offered where the page around the frame lets it open no windows.
import { CopyField } from "../ui/CopyField.tsx";
import { Dialog } from "../ui/Dialog.tsx";

export function OpenFullDialog({ link, onClose }: { readonly link: string; readonly onClose: () => void }) {
  return (
    <Dialog title="Open full" onClose={onClose}>
      <p>The page that embeds this frame doesn't let it open windows. Copy the link and open it yourself.</p>
      <CopyField label="Link" text={link} rows={3} />
    </Dialog>
  );
}
