// The rules of a Node in the inspector's column, and the way to a wider view of them.
import { useState } from "react";
import { W } from "../../words/en/inspector.ts";
import { RulesDialog } from "./RulesDialog.tsx";
import { RulesView } from "./RulesView.tsx";

export function NodeRules({ node }: { node: string }) {
  const [wide, setWide] = useState(false);
  if (wide) return <RulesDialog node={node} onClose={() => setWide(false)} />;
  return (
    <RulesView node={node}>
      <button type="button" className="button" aria-haspopup="dialog" onClick={() => setWide(true)}>
        {W.wider}
      </button>
    </RulesView>
  );
}
