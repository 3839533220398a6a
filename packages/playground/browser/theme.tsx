import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";

const THEMES = ["system", "light", "dark"] as const;
type Theme = (typeof THEMES)[number];
const KEY = "openspeed-playground:theme";

/** The system's colours, light ones or dark ones. */
export function ThemeButton(): JSX.Element {
  const [theme, setTheme] = useState<Theme>(
    () => THEMES.find((each) => each === localStorage.getItem(KEY)) ?? "system",
  );
  useEffect(() => {
    localStorage.setItem(KEY, theme);
    if (theme === "system") delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = theme;
  }, [theme]);
  return (
    <button
      type="button"
      class="quiet icon theme"
      aria-label={`Colours: ${theme}`}
      title={`Colours: ${theme}`}
      onClick={() => setTheme(THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? "system")}
    >
      <svg viewBox="0 0 16 16" aria-hidden="true">
        {theme === "light" ? (
          <path d="M8 4.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7M8 .75v1.5m0 11.5v1.5M.75 8h1.5m11.5 0h1.5M2.9 2.9l1 1m8.2 8.2 1 1m0-10.2-1 1m-8.2 8.2-1 1" />
        ) : theme === "dark" ? (
          <path d="M13.5 9.6A5.8 5.8 0 0 1 6.4 2.5a5.8 5.8 0 1 0 7.1 7.1z" />
        ) : (
          <path d="M2.5 3h11a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1h-11a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1M6 13.5h4M8 11v2.5" />
        )}
      </svg>
    </button>
  );
}
