// The popover of the request form: it is beside the control that opened it, and its form is loaded when it opens for the first time.
import { useRef, useState } from "react";
import { W } from "../../words/en/canvas.ts";
import { lazyPart } from "../ui/lazyPart.tsx";
import { placeBeside } from "./placeBeside.ts";

const RequestForm = lazyPart(W.form, () => import("./RequestPanel.tsx").then((module) => module.RequestForm));

export function RequestPopover() {
  const panel = useRef<HTMLDivElement>(null);
  const [opened, setOpened] = useState(false);
  const place = () => panel.current !== null && placeBeside(panel.current);
  return (
    <div
      ref={panel}
      id="request-panel"
      popover="auto"
      className="popover request-panel"
      role="dialog"
      aria-label={W.request}
      onBeforeToggle={() => setOpened(true)}
      onToggle={(event) => event.newState === "open" && place()}
    >
      {opened && <RequestForm onShown={place} />}
    </div>
  );
}
