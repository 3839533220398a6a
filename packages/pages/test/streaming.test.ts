import { problem, route } from "@openspeed/core";
import { createContext as preactContext } from "preact";
import { useContext as usePreactContext } from "preact/hooks";
import { createContext as reactContext, useContext as useReactContext } from "react";
import { describe, expect, test } from "vitest";
import { errorView, layout, loadingView, notFoundView, page, redirect } from "../src/index.ts";
import { chunksOf, deferred, libraries, nonceOf, type Simple, siteWith } from "./kit.ts";

describe.each(libraries)("$name: a page with _loading", (library) => {
  const { h } = library;
  const get = (site: ReturnType<typeof siteWith>): Promise<Response> =>
    Promise.resolve(site.app.fetch(new Request("http://site.test/", { headers: { accept: "text/html" } })));

  function slow(more: Partial<Simple> = {}) {
    const answer = deferred<{ readonly n: number }>();
    const site = siteWith(library, {
      page: page(
        {
          loader: route({ problems: { notFound: problem(404, "No such") } }, () => answer.promise),
          head: ({ n }) => ({ title: `Ticket ${n}` }),
        },
        ({ n }) => h("p", {}, `content ${n}`),
      ),
      layouts: [
        layout(
          { head: { titleTemplate: "%s · Desk", link: [{ rel: "stylesheet", href: "/a.css" }] } },
          ({ children }) => h("main", {}, children, h("footer", {}, "end")),
        ),
      ],
      loading: loadingView(() => h("i", {}, "wait")),
      ...more,
    });
    return { answer, site };
  }

  test("sends layouts and the loading view before its loader has answered, then the content in its place", async () => {
    const { answer, site } = slow();
    const response = await get(site);
    const chunks = chunksOf(response);
    const first = (await chunks.next()).value ?? "";
    expect(first).toContain("<main>");
    expect(first).toContain("<slot><i>wait</i></slot></template>");
    expect(first).toMatch(/<template shadowrootmode="open"><link [^>]*href="\/a.css"/);
    expect(first).not.toContain("<title>");
    expect(first).not.toContain("footer");
    answer.resolve({ n: 7 });
    let rest = "";
    for await (const chunk of chunks) rest += chunk;
    expect(rest).toMatch(
      /^<title>Ticket 7 · Desk<\/title>.*<p>content 7<\/p>.*<\/os-hole><footer>end<\/footer><\/main><\/body><\/html>$/,
    );
    expect(response.status).toBe(200);
    expect(rest + first).not.toContain("data-end");
  });

  test("says its head at once where it does not wait for the loader", async () => {
    const answer = deferred<{}>();
    const { site } = slow({
      page: page({ loader: route(() => answer.promise), head: { title: "Known" } }, () => h("p")),
    });
    const chunks = chunksOf(await get(site));
    expect((await chunks.next()).value).toContain("<title>Known · Desk</title>");
    answer.resolve({});
    let rest = "";
    for await (const chunk of chunks) rest += chunk;
    expect(rest).not.toContain("<title>");
  });

  test("puts the error view in the content's place, well-formed, and tells the app", async () => {
    const { answer, site } = slow({ error: errorView(({ problem }) => h("b", {}, problem.title)) });
    const chunks = chunksOf(await get(site));
    await chunks.next();
    const lost = new Error("database is gone: secret");
    answer.reject(lost);
    let rest = "";
    for await (const chunk of chunks) rest += chunk;
    expect(rest).toMatch(
      /^<title>Internal server error · Desk<\/title>.*<b>Internal server error<\/b><\/os-hole><footer>end<\/footer><\/main><\/body><\/html>$/,
    );
    expect(rest).not.toContain("secret");
    expect(site.errors).toEqual([lost]);
  });

  test("does the same for a view that throws", async () => {
    const { answer, site } = slow({
      page: page(
        route(() => answer.promise),
        (): never => {
          throw new Error("broken view");
        },
      ),
      error: errorView(({ problem }) => h("b", {}, problem.status)),
    });
    answer.resolve({ n: 1 });
    const html = await (await get(site)).text();
    expect(html).toMatch(/<b>500<\/b><\/os-hole><footer>end<\/footer><\/main><\/body><\/html>$/);
    expect(site.errors.map(String)).toEqual(["Error: broken view"]);
  });

  test("and ends well-formed even if that view throws as well", async () => {
    const { answer, site } = slow({
      error: errorView((): never => {
        throw new Error("worse");
      }),
    });
    answer.reject(new Error("bad"));
    const html = await (await get(site)).text();
    expect(html).toMatch(/Internal server error.*<\/os-hole><footer>end<\/footer><\/main><\/body><\/html>$/);
    expect(site.errors.map(String)).toEqual(["Error: bad", "Error: worse"]);
  });

  test("shows the not-found page when the loader finds nothing, and sends on by a link that goes by itself", async () => {
    const none = slow({
      page: page(
        route({ problems: { notFound: problem(404, "No such") } }, ({ fail }): {} => fail.notFound()),
        () => h("p"),
      ),
      notFound: notFoundView(({ problem }) => h("b", {}, problem.title)),
    });
    const html = await (await get(none.site)).text();
    expect(html).toContain("<b>No such</b>");
    expect(html).toMatch(/<meta[^>]* name="robots" content="noindex"/);
    expect(none.site.errors).toEqual([]);
    const away = slow({
      page: page(
        route(() => redirect("/else?a=1&b=2")),
        () => h("p"),
      ),
    });
    expect(await (await get(away.site)).text()).toContain(
      '<meta http-equiv="refresh" content="0; url=&quot;/else?a=1&amp;b=2&quot;">',
    );
  });

  test("waits for a loader no longer than for any handler, and tells it", async () => {
    const aborted = deferred<unknown>();
    const never = route({ limits: { handler: "20ms" } }, ({ signal }) => {
      signal.addEventListener("abort", () => aborted.resolve(signal.reason));
      return new Promise<{}>(() => undefined);
    });
    const { site } = slow({
      page: page(never, () => h("p")),
      error: errorView(({ problem }) => h("b", {}, problem.name)),
    });
    expect(await (await get(site)).text()).toMatch(/<b>timeout<\/b>.*<\/html>$/);
    expect(await aborted.promise).toMatchObject({ name: "TimeoutError" });
  });

  test.each(["'//evil.example'", '"//evil.example"', "'\t//evil.example"])(
    "a place that begins with a quote, %s, stays on this origin",
    async (place) => {
      const loader = route(() => redirect(place));
      const html = await (await get(slow({ page: page(loader, () => h("p")) }).site)).text();
      // Within quotes of its own, which it cannot end.
      expect(html).toMatch(/ content="0; url=&quot;(?!&quot;)[^"]*&quot;">/);
      expect(html.match(/&quot;/g)).toHaveLength(2);
    },
  );

  test("reaches what its layouts provide", async () => {
    const [Context, read] =
      library.name === "preact"
        ? (() => {
            const made = preactContext("none");
            return [made.Provider, () => usePreactContext(made)] as const;
          })()
        : (() => {
            const made = reactContext("none");
            return [made.Provider, () => useReactContext(made)] as const;
          })();
    const { site } = slow({
      page: page(() => h("p", {}, read())),
      layouts: [layout(({ children }) => h(Context as never, { value: "from above" }, children))],
    });
    expect(await (await get(site)).text()).toContain("<p>from above</p></os-hole>");
  });

  test("answers its layouts' problems with their status", async () => {
    const { site } = slow({
      layouts: [
        layout({ loader: route({ problems: { gone: problem(410, "Gone") } }, ({ fail }): {} => fail.gone()) }, () =>
          h("p"),
        ),
      ],
    });
    expect((await get(site)).status).toBe(410);
  });

  test("says which mistake leaves it without a place", async () => {
    const { site } = slow({ layouts: [layout(() => h("p"))] });
    expect((await get(site)).status).toBe(500);
    expect(site.errors).toEqual([expect.objectContaining({ code: "OS_LAYOUT_CHILDREN" })]);
  });

  test("stops rendering when the client goes away", async () => {
    const { answer, site } = slow();
    const response = await get(site);
    const reader = response.body?.getReader();
    await reader?.read();
    const gone = reader?.cancel();
    answer.resolve({ n: 1 });
    await gone;
    expect(site.errors).toEqual([]);
  });
});

describe.each(libraries)("$name: a page that suspends", (library) => {
  const { h, suspended } = library;

  test("sends its fallback, then the rest, with the page's nonce on every script", async () => {
    const words = deferred<string>();
    const site = siteWith(library, { page: page(() => h("p", {}, suspended(words.promise, h("i", {}, "wait")))) });
    const response = await site.app.fetch(new Request("http://site.test/"));
    const chunks = chunksOf(response);
    const first = (await chunks.next()).value ?? "";
    expect(first).toContain("<i>wait</i>");
    expect(first).not.toContain("arrived");
    words.resolve("arrived");
    let rest = "";
    for await (const chunk of chunks) rest += chunk;
    expect(rest).toContain("<b>arrived</b>");
    expect(rest).toMatch(/<\/body><\/html>$/);
    const scripts = (first + rest).match(/<script[^>]*>/g) ?? [];
    expect(scripts.length).toBeGreaterThan(0);
    for (const script of scripts) expect(script).toContain(`nonce="${nonceOf(response.headers)}"`);
  });

  test("ends well-formed when what it waits for fails, and tells the app", async () => {
    const words = deferred<string>();
    const site = siteWith(library, { page: page(() => h("p", {}, suspended(words.promise, h("i", {}, "wait")))) });
    const told = site.nextError();
    const response = await site.app.fetch(new Request("http://site.test/"));
    const chunks = chunksOf(response);
    let html = (await chunks.next()).value ?? "";
    const lost = new Error("lost: secret");
    words.reject(lost);
    for await (const chunk of chunks) html += chunk;
    // Preact keeps the reason to itself.
    const expected = library.name === "preact" ? { code: "OS_SUSPENDED_PART" } : { message: "lost: secret" };
    expect(await told).toMatchObject(expected);
    expect(html).toContain("<i>wait</i>");
    expect(html).toMatch(/<\/body><\/html>$/);
    expect(html.match(/<div/g)?.length ?? 0).toBe(html.match(/<\/div>/g)?.length ?? 0);
    // React's development build writes its errors into the page for its own overlay; its production build does not.
    if (library.name === "preact") expect(html).not.toContain("secret");
  });
});
