// Takes what stands in the frame to the whole page.
import { ExternalLink } from "lucide-react";
import { useState } from "react";
import { encode } from "../../scenario/index.ts";
import { usePlayground } from "../store/react.ts";
import { CopyField } from "../ui/CopyField.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { pageAddress } from "../ui/link.ts";

export function OpenFull() {
  const playground = usePlayground();
  const [refused, setRefused] = useState("");
  const open = async () => {
    const fragment = await encode(playground.store.getState().session.scenario("run"));
    const link = `${pageAddress()}#${fragment}`;
    // A sandboxed frame may not open windows: then the link is offered to be copied.
    if (window.open(link, "_blank") === null) setRefused(link);
  };
  return (
    <>
      <button type="button" className="button plain" onClick={() => void open()}>
        <ExternalLink size={14} aria-hidden="true" />
        Open full
      </button>
      {refused !== "" && (
        <Dialog title="Open full" onClose={() => setRefused("")}>
          <p>The page around this frame does not let it open windows. Copy the link and open it yourself.</p>
          <CopyField label="Link" text={refused} rows={3} />
        </Dialog>
      )}
    </>
  );
}
