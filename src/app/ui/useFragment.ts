// A scenario as a link, worked out beside the page.
import { useEffect, useState } from "react";
import { encode, type Scenario } from "../../scenario/index.ts";

/** The fragment for a scenario, without `#`; undefined until it is there. Late answers for an older scenario are dropped. */
export function useFragment(scenario: Scenario | undefined): string | undefined {
  const [made, setMade] = useState<{ readonly scenario: Scenario; readonly fragment: string }>();
  useEffect(() => {
    if (scenario === undefined) return;
    let wanted = true;
    encode(scenario).then(
      (fragment) => {
        if (wanted) setMade({ scenario, fragment });
      },
      (error: unknown) => reportError(error),
    );
    return () => {
      wanted = false;
    };
  }, [scenario]);
  return made !== undefined && made.scenario === scenario ? made.fragment : undefined;
}
