// Predict mode: where a packet goes next is asked before it moves, and explained by what really happened.
import { ChevronRight, X } from "lucide-react";
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { useApp, useFailing, usePlayground } from "../../store/react.ts";
import { type Asked, Predictor } from "./predictor.ts";
import "./predict.css";
import { W } from "../../../words/en/predict.ts";

/** The question about an exchange; undefined where none is open. */
export function usePredictor(exchange: number): Predictor | undefined {
  const playground = usePlayground();
  const isOn = useApp(({ view }) => view.predict === true && view.touring !== true);
  const fail = useFailing();
  const [predictor, setPredictor] = useState<Predictor>();
  useEffect(() => {
    if (!isOn) return undefined;
    const made = new Predictor(playground, exchange, fail);
    setPredictor(made);
    return () => {
      made.dispose();
      setPredictor(undefined);
    };
  }, [playground, exchange, isOn, fail]);
  return predictor;
}

const NONE = (): undefined => undefined;
const NEVER = () => NONE;

export function useAsked(predictor: Predictor | undefined): Asked | undefined {
  return useSyncExternalStore(predictor?.changed.on ?? NEVER, predictor?.get ?? NONE);
}

/** The region "Prediction". */
export function Predict({ predictor, asked }: { readonly predictor: Predictor; readonly asked: Asked }) {
  const playground = usePlayground();
  const { question, chosen, told } = asked;
  const first = useRef<HTMLButtonElement>(null);
  const next = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // Whoever just pressed "Send request" continues with the same keys.
    const { activeElement } = document;
    if (activeElement === document.body || activeElement?.closest(".canvas") != null) first.current?.focus();
  }, []);
  useEffect(() => {
    if (chosen !== undefined) next.current?.focus();
  }, [chosen]);
  return (
    <section className="predict" aria-label={W.prediction}>
      <div className="predict-words" role="status">
        {told === undefined || chosen === undefined ? <p>{question.text}</p> : <Told asked={asked} />}
      </div>
      {told === undefined && (
        <ol className="predict-choices" aria-label={W.choices}>
          {question.choices.map(({ text }, at) => (
            <li key={text}>
              <button
                ref={at === 0 ? first : undefined}
                type="button"
                className="button predict-choice"
                aria-pressed={chosen === at}
                aria-disabled={chosen !== undefined}
                onClick={() => predictor.choose(at)}
              >
                {text}
              </button>
            </li>
          ))}
        </ol>
      )}
      <div className="predict-foot">
        <Score />
        {chosen === undefined ? (
          <button type="button" className="button plain" onClick={() => predictor.skip()}>
            {W.skip}
          </button>
        ) : (
          <button
            ref={next}
            type="button"
            className={told === undefined ? "button" : "button primary"}
            aria-disabled={told === undefined}
            onClick={() => told !== undefined && predictor.goOn()}
          >
            {W.next}
            <ChevronRight size={15} aria-hidden="true" />
          </button>
        )}
        <button
          type="button"
          className="button plain icon"
          aria-label={W.stop}
          title={W.stop}
          onClick={() => {
            predictor.skip();
            playground.setView({ predict: false });
          }}
        >
          <X size={15} aria-hidden="true" />
        </button>
      </div>
    </section>
  );
}

function Told({ asked: { question, chosen = -1, told } }: { readonly asked: Asked }) {
  if (told === undefined) return null;
  const { right, explanation } = told;
  const is = right === chosen;
  const answer = question.choices[right]?.text;
  return (
    <>
      <p data-right={is}>
        <strong>{right < 0 ? W.none : is ? W.right : W.notQuite}</strong>{" "}
        {answer !== undefined && (is ? `${answer}.` : W.theAnswer(answer, question.choices[chosen]?.why ?? ""))}
      </p>
      <p className="predict-because">{explanation}</p>
    </>
  );
}

/** `3 of 4`. */
function Score() {
  const score = useApp((state) => state.view.predicted);
  if (score === undefined) return null;
  return (
    <span className="predict-score" title={W.scoreTitle}>
      {W.score(score.right, score.of)}
    </span>
  );
}
