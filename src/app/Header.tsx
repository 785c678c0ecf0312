// The line above the page: its name, the gallery, and what is about the whole page; on a phone most of it is behind "More".

import { Ellipsis, Moon, Presentation, Sun, SunMoon } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { W } from "../words/en/header.ts";
import { ClassroomButton } from "./classroom/index.ts";
import { Exports } from "./Exports.tsx";
import { EmbedButton } from "./embed/index.ts";
import { GalleryButton } from "./gallery/index.ts";
import { Health } from "./health/index.tsx";
import { Help } from "./help/index.ts";
import { LanguageSwitch } from "./LanguageSwitch.tsx";
import { type AskedLesson, type KeptProgress, LessonsButton } from "./lessons/index.ts";
import { Share } from "./share/index.ts";
import { useApp, usePlayground } from "./store/react.ts";
import type { Theme } from "./store/state.ts";
import { type Work, WorkButton } from "./work/index.ts";
import "./header.css";

interface HeaderProps {
  /** Keeps what the visitor does; without it nothing is kept. */
  readonly work: Work | undefined;
  /** How far the visitor is in the lessons. */
  readonly lessons: KeptProgress;
  readonly onLesson: (asked: AskedLesson) => void;
  readonly onShowMe: () => void;
}

export function Header({ work, lessons, onLesson, onShowMe }: HeaderProps) {
  return (
    <header className="header">
      <h1>Podpath</h1>
      <button type="button" className="button skip" onClick={focusFirstSender}>
        {W.skip}
      </button>
      <span className="quiet header-subtitle">{W.subtitle}</span>
      <GalleryButton />
      <span className="header-end">
        <Health />
        <More>
          <LessonsButton kept={lessons} onLesson={onLesson} />
          {work !== undefined && <WorkButton work={work} />}
          <ClassroomButton />
          <PresentButton />
          <Share>
            <Exports />
          </Share>
          <EmbedButton />
          <Help onShowMe={onShowMe} />

          <ThemeButton />
          <LanguageSwitch />
        </More>
      </span>
    </header>
  );
}

/** On a phone the rarer buttons are a list behind one; elsewhere they are beside each other. */
function More({ children }: { readonly children: ReactNode }) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const box = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (!open) return;
    const away = ({ target }: Event) => {
      if (target instanceof Node && box.current?.contains(target) !== true) setOpen(false);
    };
    document.addEventListener("pointerdown", away);
    document.addEventListener("focusin", away);
    return () => {
      document.removeEventListener("pointerdown", away);
      document.removeEventListener("focusin", away);
    };
  }, [open]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes the list from any of its buttons
    <span
      ref={box}
      className="more"
      data-open={open}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !open) return;
        event.stopPropagation();
        setOpen(false);
        button.current?.focus();
      }}
    >
      <button
        ref={button}
        type="button"
        className="button plain icon more-button"
        aria-label={W.more}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <Ellipsis size={18} aria-hidden="true" />
      </button>
      <span
        className="more-list"
        onClickCapture={() => {
          if (!open) return;
          button.current?.focus(); // a dialog that opens now gives the focus back to what is still there
          setOpen(false);
        }}
      >
        {children}
      </span>
    </span>
  );
}

/** Past the editor to the button that a visitor needs first. */
function focusFirstSender(): void {
  document.querySelector<HTMLElement>(".canvas button.primary.send")?.focus();
}

function PresentButton() {
  const playground = usePlayground();
  return (
    <button
      type="button"
      className="button plain present-button"
      title={W.presentTitle}
      onClick={() => playground.setView({ presenting: true })}
    >
      <Presentation size={14} aria-hidden="true" />
      {W.present}
    </button>
  );
}

const NEXT_THEME: Readonly<Record<Theme, Theme>> = { auto: "light", light: "dark", dark: "auto" };

function ThemeButton() {
  const playground = usePlayground();
  const theme = useApp((state) => state.view.theme);
  const Icon = theme === "auto" ? SunMoon : theme === "light" ? Sun : Moon;
  return (
    <button
      type="button"
      className="button plain icon"
      aria-label={W.theme[theme]}
      title={W.theme[theme]}
      onClick={() => playground.setView({ theme: NEXT_THEME[theme] })}
    >
      <Icon size={16} aria-hidden="true" />
      <span className="more-word">{W.theme[theme]}</span>
    </button>
  );
}
