// Reads the story aloud with the browser's own voice, for those who want it.
import { useCallback, useEffect, useState } from "react";
import { W } from "../../../words/en/narration.ts";
import { locale } from "../../../words/index.ts";
import { readSetting, writeSetting } from "../../ui/storage.ts";

const VOICE = "voice";

/** A sentence as it is spoken: addresses digit by digit, no arrows. */
export function spoken(sentence: string): string {
  return sentence
    .replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)/g, W.voiceAddress)
    .replace(/(\d):(\d+)/g, W.voicePort)
    .replaceAll(" → ", W.voiceThen);
}

/** Whether the story is read aloud, which is off until someone turns it on; undefined where the browser has no voice. */
export function useVoice(sentence: string | undefined, isStill: boolean): [boolean, (on: boolean) => void] | undefined {
  const [on, setOn] = useState(() => readSetting(VOICE) === "on");
  const voice = "speechSynthesis" in window ? window.speechSynthesis : undefined;
  useEffect(() => {
    if (!on || !isStill || sentence === undefined || voice === undefined) return;
    const words = new SpeechSynthesisUtterance(spoken(sentence));
    words.lang = locale();
    voice.speak(words);
    return () => voice.cancel();
  }, [on, isStill, sentence, voice]);
  const turn = useCallback((next: boolean) => {
    writeSetting(VOICE, next ? "on" : "off");
    setOn(next);
  }, []);
  return voice === undefined ? undefined : [on, turn];
}
