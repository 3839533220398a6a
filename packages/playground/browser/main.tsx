import type { Graph } from "@openspeed/core";
import { render } from "preact";
import { App } from "./app.tsx";

const place = document.getElementById("playground");
if (place !== null) {
  const { title = "Playground", base = "playground/", root = "./" } = place.dataset;
  const rootUrl = new URL(root, location.href.replace(/[?#].*$/, "")).href;
  let shown = "";
  const load = async (): Promise<void> => {
    const response = await fetch(new URL(`${base}graph.json`, location.href.replace(/[?#].*$/, "")));
    const text = await response.text();
    if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
    if (text === shown) return;
    shown = text;
    render(<App title={title} root={rootUrl} graph={JSON.parse(text) as Graph} />, place);
  };
  const failed = (error: unknown): void => {
    render(
      <p class="empty" role="alert">
        The app's graph cannot be loaded: {error instanceof Error ? error.message : String(error)}.
      </p>,
      place,
    );
  };
  load().catch(failed);
  // A development server may have other routes when somebody comes back from the editor.
  addEventListener("focus", () => void load().catch(() => undefined));
}
