// Chooses the language of the page, which is then loaded again with what was done in it.
import { Languages } from "lucide-react";
import { W } from "../words/en/header.ts";
import { LANGUAGES, language, PSEUDO } from "../words/index.ts";
import { usePlayground } from "./store/react.ts";
import { chooseLanguage } from "./ui/language.ts";

export function LanguageSwitch() {
  const playground = usePlayground();
  const { tag } = language();
  const names = tag === PSEUDO ? { ...LANGUAGES, [PSEUDO]: PSEUDO } : LANGUAGES;
  return (
    <label className="button plain icon language" title={W.language}>
      <Languages size={16} aria-hidden="true" />
      <span className="more-word">{W.language}</span>
      <select
        aria-label={W.language}
        value={tag}
        onChange={({ currentTarget }) => {
          chooseLanguage(currentTarget.value);
          playground.reload();
        }}
      >
        {Object.entries(names).map(([each, name]) => (
          <option key={each} value={each} lang={each}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
