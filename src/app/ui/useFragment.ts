// A scenario as a link, computed without blocking the page.
import { useEffect, useState } from "react";
import { encodeFitting, type Scenario } from "../../scenario/index.ts";

/** The fragment for a scenario, without `#`; undefined until it is there. Late answers for an older scenario are dropped. */
export function useFragment(scenario: Scenario | undefined): string | undefined {
  const [made, setMade] = useState<{ readonly scenario: Scenario; readonly fragment: string }>();
  useEffect(() => {
    if (scenario === undefined) return;
    let wanted = true;
    encodeFitting(scenario).then(
      ({ fragment }) => {
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
