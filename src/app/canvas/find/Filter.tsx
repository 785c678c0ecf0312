// Shows on the picture only what is in a namespace or has labels.
import { type FormEvent, useId, useState } from "react";
import { W } from "../../../words/en/picture-more.ts";
import { LONGEST_SELECTOR, problemOf } from "../../store/only.ts";
import { useApp, useObjects, usePlayground } from "../../store/react.ts";
import { showOnly } from "../../store/show-only.ts";

/** @param onDone - the picture shows what was wanted. */
export function Filter({ onDone }: { readonly onDone: () => void }) {
  const playground = usePlayground();
  const only = useApp((state) => state.view.only);
  const known = useObjects("namespaces");
  const [namespace, setNamespace] = useState(only?.namespace ?? "");
  const [selector, setSelector] = useState(only?.selector ?? "");
  const [problem, setProblem] = useState<string>();
  const id = useId();
  const names = [...new Set([...known.keys(), namespace])].filter((name) => name !== "").sort();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const text = selector.trim();
    const wrong = problemOf(text);
    setProblem(wrong);
    if (wrong !== undefined) return;
    const wanted = { namespace: namespace === "" ? undefined : namespace, selector: text === "" ? undefined : text };
    showOnly(playground, wanted.namespace === undefined && wanted.selector === undefined ? undefined : wanted);
    onDone();
  };
  return (
    <form className="find-filter" aria-label={W.showOnly} onSubmit={submit}>
      <select aria-label={W.namespace} value={namespace} onChange={({ target }) => setNamespace(target.value)}>
        <option value="">{W.allNamespaces}</option>
        {names.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
      <input
        type="text"
        aria-label={W.selector}
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : id}
        placeholder={W.selectorExample}
        maxLength={LONGEST_SELECTOR}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        value={selector}
        onChange={({ target }) => {
          setSelector(target.value);
          setProblem(undefined);
        }}
      />
      <button type="submit" className="button">
        {W.showThese}
      </button>
      {problem !== undefined && (
        <p id={id} className="find-problem" role="alert">
          {W.selectorProblem(problem)}
        </p>
      )}
    </form>
  );
}
