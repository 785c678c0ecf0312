// Text and picture as tabs, where a frame has no room for both at once.
import type { ReactNode } from "react";
import { W } from "../../words/en/embed-frame.ts";
import { Tabs } from "../ui/Tabs.tsx";

const TABS = ["Picture", "YAML"] as const;
export type SplitTab = (typeof TABS)[number];

interface SplitTabsProps {
  readonly tab: SplitTab;
  readonly onChoose: (tab: SplitTab) => void;
  readonly children: ReactNode;
}

export function SplitTabs({ tab, onChoose, children }: SplitTabsProps) {
  return (
    <div className="embed-tabs">
      <Tabs tabs={TABS} names={W.tabs} chosen={tab} onChoose={onChoose} label={W.view}>
        {children}
      </Tabs>
    </div>
  );
}
