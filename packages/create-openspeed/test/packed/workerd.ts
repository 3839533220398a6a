import { Miniflare, type RequestInit, type Response } from "miniflare";
import { rolldown } from "rolldown";

export interface Worker extends AsyncDisposable {
  readonly fetch: (path: string, init?: RequestInit) => Promise<Response>;
}

/** A worker's module, bundled as its platform's tool would do it, and run in workerd. */
export async function inWorkerd(file: string, bindings: Readonly<Record<string, string>>): Promise<Worker> {
  const bundle = await rolldown({
    input: file,
    platform: "browser",
    resolve: { conditionNames: ["workerd", "worker", "import"] },
  });
  const { output } = await bundle.generate({ format: "esm", codeSplitting: false });
  await bundle.close();
  const miniflare = new Miniflare({ modules: true, script: output[0].code, bindings, compatibilityDate: "2026-07-01" });
  return {
    fetch: (path, init) => miniflare.dispatchFetch(new URL(path, "http://edge.example"), init),
    [Symbol.asyncDispose]: () => miniflare.dispose(),
  };
}
