// Puts the chosen theme on the page.
import { useEffect } from "react";
import { useApp } from "../store/react.ts";

export function useTheme(): void {
  const theme = useApp((state) => state.view.theme);
  useEffect(() => {
    if (theme === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }, [theme]);
}
