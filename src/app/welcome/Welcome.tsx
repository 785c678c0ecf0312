// The front door: one line that offers a first-time visitor three ways in, and the tour behind "Show me".
import { ChevronRight, X } from "lucide-react";
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { W } from "../../words/en/welcome.ts";
import { useApp, usePlayground } from "../store/react.ts";
import { readSetting, writeSetting } from "../ui/storage.ts";
import { WhatIsSimulated } from "../ui/WhatIsSimulated.tsx";
import { STOPS, Tour } from "./tour.ts";
import "./welcome.css";

const CHOSEN = "welcomed";

/** Whether nobody has chosen a way in here, or seen a request, before. */
export function isFirstVisit(): boolean {
  return readSetting(CHOSEN) === undefined && readSetting("follow") === undefined;
}

interface WelcomeProps {
  /** Whether the line is offered, or the tour was asked for again. */
  readonly way: "offer" | "tour";
  readonly onTour: () => void;
  readonly onLearn: () => void;
  readonly onClose: () => void;
}

export function Welcome({ way, onTour, onLearn, onClose }: WelcomeProps) {
  if (way === "tour") return <Touring onLearn={onLearn} onClose={onClose} />;
  return <Offer onTour={onTour} onLearn={onLearn} onClose={onClose} />;
}

function Offer({ onTour, onLearn, onClose }: Omit<WelcomeProps, "way">) {
  const acted = useApp((state) => state.run.log.length > 0 || state.beginning.source.kind !== "page");
  const choose = (act: () => void) => {
    writeSetting(CHOSEN, "yes");
    act();
  };
  // Who begins to play has chosen.
  useEffect(() => {
    if (!acted) return;
    writeSetting(CHOSEN, "yes");
    onClose();
  }, [acted, onClose]);
  return (
    <section className="welcome" aria-label={W.label}>
      <p>
        <strong>{W.new}</strong> {W.intro}
      </p>
      <span className="welcome-ways">
        <button type="button" className="button primary" title={W.tourTitle} onClick={() => choose(onTour)}>
          {W.show}
        </button>
        <button
          type="button"
          className="button"
          title={W.learnTitle}
          onClick={() =>
            choose(() => {
              onClose();
              onLearn();
            })
          }
        >
          {W.learn}
        </button>
        <button type="button" className="button" title={W.closeTitle} onClick={() => choose(onClose)}>
          {W.play}
        </button>
        <WhatIsSimulated />
      </span>
    </section>
  );
}

function Touring({ onLearn, onClose }: Pick<WelcomeProps, "onLearn" | "onClose">) {
  const playground = usePlayground();
  const [tour, setTour] = useState<Tour>();
  useEffect(() => {
    let begun: Tour | undefined;
    let isWanted = true;
    void playground.attempt(async () => {
      begun = await Tour.begin(playground, () => isWanted && onClose());
      if (begun === undefined) onClose();
      else if (isWanted) setTour(begun);
      else begun.end();
    });
    return () => {
      isWanted = false;
      begun?.end();
    };
  }, [playground, onClose]);
  if (tour === undefined) return null;
  return <Strip tour={tour} onLearn={onLearn} />;
}

function Strip({ tour, onLearn }: { readonly tour: Tour; readonly onLearn: () => void }) {
  const { stop, sentence, holds } = useSyncExternalStore(tour.changed.on, tour.get);
  const next = useRef<HTMLButtonElement>(null);
  useEffect(() => next.current?.focus(), []);
  const isLast = stop === STOPS;
  return (
    <section
      className="welcome tour"
      aria-label={W.show}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        tour.end();
      }}
    >
      <p>
        <span className="tour-number mono" aria-hidden="true">
          {stop}/{STOPS}
        </span>
        <span role="status">{sentence}</span>
      </p>
      <span className="welcome-ways">
        <button ref={next} type="button" className={holds ? "button primary" : "button"} onClick={() => tour.next()}>
          {isLast ? W.done : W.next}
          {!isLast && <ChevronRight size={15} aria-hidden="true" />}
        </button>
        {isLast && (
          <button
            type="button"
            className="button"
            onClick={() => {
              tour.end();
              onLearn();
            }}
          >
            {W.learn}
          </button>
        )}
        {!isLast && (
          <button type="button" className="button plain" title={W.skipTitle} onClick={() => tour.end()}>
            <X size={15} aria-hidden="true" />
            {W.skip}
          </button>
        )}
      </span>
    </section>
  );
}
