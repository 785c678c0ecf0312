// The rules of a node with room for their long lines.
import type { MatchedRule } from "../../cluster/index.ts";
import { W } from "../../words/en/rules.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { RulesView } from "./RulesView.tsx";
import type { Passage } from "./rulesText.ts";

interface RulesDialogProps {
  readonly node: string;
  readonly passage?: Passage | undefined;
  readonly focus?: MatchedRule;
  readonly onClose: () => void;
}

export function RulesDialog({ node, passage, focus, onClose }: RulesDialogProps) {
  return (
    <Dialog title={W.rulesOf(node)} onClose={onClose}>
      <RulesView node={node} passage={passage} focus={focus} />
    </Dialog>
  );
}
