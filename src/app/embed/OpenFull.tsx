// Takes what is in the frame to the whole page.
import { ExternalLink } from "lucide-react";
import { useState } from "react";
import { encodeFitting } from "../../scenario/index.ts";
import { W } from "../../words/en/embed-frame.ts";
import { usePlayground } from "../store/react.ts";
import { setOnly } from "../store/show-only.ts";
import { lazyPart } from "../ui/lazyPart.tsx";
import { linkTo, momentOf } from "../ui/link.ts";

const OpenFullDialog = lazyPart(W.link, () => import("./OpenFullDialog.tsx").then((module) => module.OpenFullDialog), {
  place: "over",
  onDismiss: ({ onClose }) => onClose(),
});

export function OpenFull() {
  const playground = usePlayground();
  const [refused, setRefused] = useState("");
  const open = async () => {
    const { run, view } = playground.store.getState();
    const query = setOnly(momentOf(run), view.only);
    const link = linkTo(query, (await encodeFitting(playground.scenarioOf())).fragment);
    // A sandboxed frame may not open windows: then the link is offered to be copied.
    if (window.open(link, "_blank") === null) setRefused(link);
  };
  return (
    <>
      <button type="button" className="button plain" title={W.full} onClick={() => void open()}>
        <ExternalLink size={14} aria-hidden="true" />
        <span className="embed-word">{W.full}</span>
      </button>
      {refused !== "" && <OpenFullDialog link={refused} onClose={() => setRefused("")} />}
    </>
  );
}
