// Text and picture as tabs, where a frame has no room for both at once.
import type { ReactNode } from "react";
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
      <Tabs tabs={TABS} chosen={tab} onChoose={onChoose} label="View">
        {children}
      </Tabs>
    </div>
  );
}
