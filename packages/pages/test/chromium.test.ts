import { serve, type Server } from "@openspeed/adapter-node";
import { type App, createApp, form, type Mount, route } from "@openspeed/core";
import { assets } from "@openspeed/static";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { layout, loadingView, markIsland, page, pageClient, pagesWith, redirect } from "../src/index.ts";
import { complaintsOf, hasChromium, launchChromium } from "@openspeed/chromium";
import { bundleClient, type Bundle } from "./bundle-client.ts";
import PreactCounter from "./fixtures/preact-counter.ts";
import ReactCounter from "./fixtures/react-counter.ts";
import { deferred, libraries, placeOf } from "./kit.ts";

const counters = { preact: PreactCounter, react: ReactCounter } as const;

describe.runIf(hasChromium)("in Chromium", () => {
  let browser: Browser;
  const servers = new Set<Server>();
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
    await Promise.all([...servers].map((server) => server.close()));
    servers.clear();
  });

  async function open(app: App, javaScriptEnabled = true): Promise<{ page: Page; url: string; complaints: string[] }> {
    const server = await serve(app, { port: 0, hostname: "127.0.0.1", signals: false, grace: 100 });
    servers.add(server);
    const context = await browser.newContext({ javaScriptEnabled });
    const tab = await context.newPage();
    return { page: tab, url: server.url, complaints: complaintsOf(tab) };
  }

  describe.each(libraries)("$name", ({ name, h, pages, renderer, suspended }) => {
    let bundle: Bundle;
    beforeAll(async () => {
      pagesWith(renderer);
      bundle = await bundleClient(name);
    });
    afterAll(() => bundle.remove());

    const appOf = (routes: readonly Mount[]): App =>
      createApp({
        mode: "test",
        routes: [...routes, ...assets(bundle)],
        bind: [pageClient.with({ entry: bundle.entry })],
        onError: () => undefined,
      });

    test("islands wake up under the policy, each once", async () => {
      const Counter = markIsland(counters[name] as (props: { start: number; label: string }) => unknown, "counter");
      const view = page({ head: { link: [{ rel: "icon", href: "data:," }] } }, () =>
        h(
          "p",
          { style: { color: "rgb(1, 2, 3)" } },
          h(Counter, { start: 3, label: "first </script>" }),
          h(Counter, { start: 10, label: "second" }),
        ),
      );
      const { page: tab, url, complaints } = await open(appOf(pages.mounts(placeOf({ page: view }))));
      await tab.goto(url);
      await tab.locator("os-island[data-hydrated]").nth(1).waitFor({ state: "attached" });
      const first = tab.getByRole("button", { name: "first" });
      await expect.poll(async () => (await first.click(), first.textContent())).toMatch(/: ([4-9]|\d\d)$/);
      expect(await tab.getByRole("button", { name: "second" }).textContent()).toBe("second: 10");
      expect(await tab.locator("p").evaluate((element) => getComputedStyle(element).color)).toBe("rgb(1, 2, 3)");
      expect(complaints).toEqual([]);
    });

    test("what suspends arrives under the policy", async () => {
      const words = deferred<string>();
      const view = page({ head: { link: [{ rel: "icon", href: "data:," }] } }, () =>
        h("p", {}, suspended(words.promise, h("i", {}, "wait"))),
      );
      const { page: tab, url, complaints } = await open(appOf(pages.mounts(placeOf({ page: view }))));
      await tab.goto(url, { waitUntil: "commit" });
      await tab.getByText("wait").waitFor();
      words.resolve("arrived");
      await tab.getByText("arrived").waitFor();
      expect(await tab.getByText("wait").count()).toBe(0);
      expect(complaints).toEqual([]);
    });

    test("without JavaScript, the loading view gives way to the content", async () => {
      const answer = deferred<{ readonly words: string }>();
      const place = placeOf({
        page: page({ loader: route(() => answer.promise), head: ({ words }) => ({ title: words }) }, ({ words }) =>
          h("b", {}, words),
        ),
        layouts: [
          layout({ head: { link: [{ rel: "stylesheet", href: "/style.css" }] } }, ({ children }) =>
            h("main", {}, children, h("footer", {}, "end")),
          ),
        ],
        loading: loadingView(() => h("i", { className: "quiet" }, "One moment")),
      });
      const app = appOf(pages.mounts(place));
      app.get(
        "/style.css",
        () => new Response(".quiet { color: rgb(9, 8, 7) }", { headers: { "content-type": "text/css" } }),
      );
      const { page: tab, url } = await open(app, false);
      await tab.goto(url, { waitUntil: "commit" });
      const loading = tab.getByText("One moment");
      await loading.waitFor({ state: "visible" });
      expect(await loading.evaluate((element) => getComputedStyle(element).color)).toBe("rgb(9, 8, 7)");
      expect(await tab.getByText("end").count()).toBe(0);
      answer.resolve({ words: "Here it is" });
      await tab.locator("b").waitFor({ state: "visible" });
      await tab.getByText("end").waitFor({ state: "visible" });
      expect(await loading.isVisible()).toBe(false);
      expect(await tab.title()).toBe("Here it is");
    });

    test("without JavaScript, a form goes out, comes back with what is wrong, and goes on", async () => {
      const titles: string[] = [];
      const action = route(
        { body: form(z.object({ title: z.string().min(3, "Three letters at least.") })) },
        ({ body }) => {
          titles.push(body.title);
          return redirect("/done?from=form");
        },
      );
      const view = page({ loader: route(() => ({ count: titles.length })), action }, ({ form }) =>
        h(
          "form",
          { method: "post" },
          h("input", { name: "title", "aria-label": "Title", defaultValue: form.values.title }),
          h("output", {}, form.errors.title ?? "fine"),
          h("button", {}, "Send"),
        ),
      );
      const { page: tab, url } = await open(
        appOf([
          ...pages.mounts(placeOf({ page: view, action: true, module: { action } })),
          ...pages.mounts(placeOf({ path: "/done", page: page(({ url }) => h("p", {}, `Thank you${url.search}`)) })),
        ]),
        false,
      );
      await tab.goto(url);
      const title = tab.getByLabel("Title");
      await title.fill(`a"`);
      await tab.getByRole("button").click();
      await tab.getByText("Three letters at least.").waitFor();
      expect(await title.inputValue()).toBe(`a"`);
      await title.fill("abc");
      await tab.getByRole("button").click();
      await tab.getByText("Thank you?from=form").waitFor();
      expect(titles).toEqual(["abc"]);
    });

    test("a form of another site is refused", async () => {
      const titles: string[] = [];
      const action = route({ body: form(z.object({ title: z.string() })) }, ({ body }) => {
        titles.push(body.title);
        return {};
      });
      const { url: target } = await open(
        appOf(pages.mounts(placeOf({ page: page({ action }, () => h("p")), action: true, module: { action } }))),
      );
      const evil = createApp().get(
        "/",
        () =>
          new Response(
            `<form method="post" action="${target}"><input name="title" value="x"><button>Win</button></form>`,
            {
              headers: { "content-type": "text/html" },
            },
          ),
      );
      const { page: tab, url } = await open(evil);
      await tab.goto(url.replace("127.0.0.1", "localhost"));
      const answered = tab.waitForResponse((response) => response.request().method() === "POST");
      await tab.getByRole("button").click();
      expect((await answered).status()).toBe(403);
      await tab.getByText("This request was sent from another site").waitFor();
      expect(titles).toEqual([]);
    });
  });
});
