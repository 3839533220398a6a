/** What a real browser makes of the headers: two apps on two hosts, so that each is another site for the other. */
import { serve, type Server } from "@openspeed/adapter-node";
import { complaintsOf, hasChromium, openBrowser } from "@openspeed/chromium";
import { type App, createApp, middleware, problem, reply } from "@openspeed/core";
import { afterEach, describe, expect, test } from "vitest";
import { cors, type Origin, cspNonce, csrf, secureHeaders } from "../src/index.ts";

const HTML = { "content-type": "text/html; charset=utf-8" };
interface Init {
  readonly method?: string;
  readonly credentials?: "include";
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

const ICON = '<link rel="icon" href="data:,">';

describe.runIf(hasChromium)("in Chromium", () => {
  const browser = openBrowser();
  const servers: Server[] = [];
  afterEach(async () => {
    await Promise.all(
      browser()
        .contexts()
        .map((context) => context.close()),
    );
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });

  async function open(app: App, host = "127.0.0.1"): Promise<string> {
    const server = await serve(app, { port: 0, hostname: "127.0.0.1", signals: false, quiet: 0 });
    servers.push(server);
    return `http://${host}:${server.port}`;
  }
  /** A page of another site. */
  async function elsewhere(body = ""): Promise<string> {
    return open(
      createApp().get("/", () => reply(200, ICON + body, HTML)),
      "localhost",
    );
  }

  describe("CORS", () => {
    const guard = middleware("guard", { problems: { locked: problem(401, "Locked") } }, ({ header, fail }, next) =>
      header("cookie") === "sid=1" ? next() : fail.locked(),
    );
    async function setUp(): Promise<{ site: string; api: string; ran: string[] }> {
      const ran: string[] = [];
      const site = await elsewhere();
      const app = createApp({ use: [cors({ origins: ["https://nobody.example"] })] });
      app.get("/", () => reply(200, ICON, { ...HTML, "set-cookie": "sid=1" }));
      app.put(
        "/mine",
        { use: [cors({ origins: [site as Origin], credentials: true, headers: ["x-a"], expose: ["x-total"] }), guard] },
        ({ header }) => {
          ran.push(header("x-a") ?? "");
          return reply(200, { ok: true }, { "x-total": "7", "x-hidden": "1" });
        },
      );
      app.put("/theirs", () => void ran.push("theirs"));
      app.get("/open", { use: [cors({ origins: "*" })] }, () => "for all");
      return { site, api: await open(app), ran };
    }

    test("a page reads what it may, with cookies and headers that it was granted", async () => {
      const { site, api, ran } = await setUp();
      const tab = await browser().newPage();
      await tab.context().addCookies([{ name: "sid", value: "1", url: api, sameSite: "Lax" }]);
      await tab.goto(site);
      const read = (path: string, init: Init): Promise<unknown> =>
        tab.evaluate(
          async ([url, options]) => {
            try {
              const answer = await fetch(url, options);
              return {
                status: answer.status,
                text: await answer.text(),
                total: answer.headers.get("x-total"),
                hidden: answer.headers.get("x-hidden"),
              };
            } catch (error) {
              return String(error);
            }
          },
          [api + path, init] as const,
        );
      const REFUSED = "TypeError: Failed to fetch";
      // Chromium sends no Lax cookie to another site: the guard's refusal is what can be read.
      const locked = { status: 401, text: expect.stringContaining("Locked"), total: null, hidden: null };
      const json = { "content-type": "application/json", "x-a": "a" };
      expect(await read("/mine", { method: "PUT", credentials: "include", headers: json, body: "{}" })).toEqual(locked);
      expect(await read("/mine", { method: "PUT", headers: { "x-b": "b" } })).toBe(REFUSED);
      expect(await read("/mine", { method: "DELETE" })).toBe(REFUSED);
      expect(await read("/theirs", { method: "PUT" })).toBe(REFUSED);
      expect(await read("/open", {})).toMatchObject({ status: 200, text: "for all" });
      expect(await read("/open", { credentials: "include" })).toBe(REFUSED);
      expect(ran).toEqual([]);
    });

    test("cookies come along where site and policy allow it", async () => {
      const ran: string[] = [];
      // Another port of the same host: another origin, but not another site.
      const page = await open(createApp().get("/", () => reply(200, ICON, HTML)));
      const app = createApp();
      app.put(
        "/",
        {
          use: [
            cors({ origins: [page as Origin], credentials: true, expose: ["x-total"] }),
            csrf({ origins: [page as Origin] }),
            guard,
          ],
        },
        () => {
          ran.push("put");
          return reply(200, { ok: true }, { "x-total": "7", "x-hidden": "1" });
        },
      );
      const api = await open(app);
      const tab = await browser().newPage();
      await tab.context().addCookies([{ name: "sid", value: "1", url: api }]);
      await tab.goto(page);
      const read = await tab.evaluate(async (url) => {
        const answer = await fetch(url, { method: "PUT", credentials: "include" });
        return [answer.status, await answer.json(), answer.headers.get("x-total"), answer.headers.get("x-hidden")];
      }, api);
      expect(read).toEqual([200, { ok: true }, "7", null]);
      expect(ran).toEqual(["put"]);
    });
  });

  describe("CSRF", () => {
    test("a form of another site changes nothing, the app's own does", async () => {
      const ran: string[] = [];
      const app = createApp({ use: [csrf()] });
      const form = '<form method="post" action="/change"><button>Send</button></form>';
      app.get("/", () => reply(200, ICON + form, HTML));
      app.post("/change", ({ header }) => {
        ran.push(header("sec-fetch-site") ?? "");
        return reply(200, `${ICON}<p>Changed</p>`, HTML);
      });
      const desk = await open(app);
      const evil = await elsewhere(form.replace("/change", `${desk}/change`));
      // Another port, which is the same site all the same.
      const sibling = await open(
        createApp().get("/", () => reply(200, ICON + form.replace("/change", `${desk}/change`), HTML)),
      );
      const tab = await browser().newPage();
      for (const from of [evil, sibling]) {
        await tab.goto(from);
        const [answer] = await Promise.all([
          tab.waitForResponse(`${desk}/change`),
          tab.getByRole("button", { name: "Send" }).click(),
        ]);
        expect(answer.status()).toBe(403);
      }
      expect(ran).toEqual([]);
      await tab.goto(desk);
      await tab.getByRole("button", { name: "Send" }).click();
      await tab.getByText("Changed").waitFor();
      expect(ran).toEqual(["same-origin"]);
    });

    test("nor does a script of another site, whatever it says its body is", async () => {
      const [asked, ran]: [string[], string[]] = [[], []];
      const counted = middleware("counted", {}, ({ header }, next) => {
        asked.push(header("content-type") ?? "none");
        return next();
      });
      const app = createApp().post("/change", { use: [counted, csrf()] }, () => void ran.push("changed"));
      const desk = await open(app);
      const tab = await browser().newPage();
      await tab.goto(await elsewhere());
      const types = ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=b", "none"];
      for (const type of types) {
        await tab.evaluate(
          async ([url, kind]) => {
            const headers: Record<string, string> = kind === "none" ? {} : { "content-type": kind };
            await fetch(url, { method: "POST", mode: "no-cors", body: new Blob(["a=1"]), headers });
          },
          [`${desk}/change`, type] as const,
        );
      }
      expect(asked).toEqual(types);
      expect(ran).toEqual([]);
    });
  });

  describe("the policy of pages", () => {
    test("scripts and styles run with the nonce and not without, and nobody frames the page", async () => {
      const app = createApp({ use: [secureHeaders()] });
      app.get("/", { use: [cspNonce] }, ({ cspNonce: nonce }) =>
        reply(
          200,
          `<!doctype html>${ICON}<style nonce="${nonce}">p { color: rgb(1, 2, 3) }</style>
          <p id="mine">no</p><p id="theirs">no</p><p id="attribute" onclick="this.textContent = 'yes'">no</p>
          <script nonce="${nonce}">document.querySelector("#mine").textContent = "yes"</script>
          <script>document.querySelector("#theirs").textContent = "yes"</script>`,
          HTML,
        ),
      );
      const url = await open(app);
      const tab = await browser().newPage();
      const complaints = complaintsOf(tab);
      await tab.goto(url);
      await tab.locator("#attribute").click();
      expect(await tab.locator("p").allTextContents()).toEqual(["yes", "no", "no"]);
      expect(await tab.locator("#mine").evaluate((element) => getComputedStyle(element).color)).toBe("rgb(1, 2, 3)");
      expect(complaints.map((text) => /script-src|style-src/.exec(text)?.[0])).toEqual(["script-src", "script-src"]);

      await tab.goto(await elsewhere(`<iframe src="${url}"></iframe>`));
      await expect.poll(() => complaints.at(-1)).toMatch(/frame-ancestors/);
    });

    test("a page that keeps to it has no complaints, and its data is readable", async () => {
      const app = createApp({ use: [secureHeaders()] });
      app.get("/", { use: [cspNonce] }, ({ cspNonce: nonce }) =>
        reply(
          200,
          `<!doctype html><title>t</title>${ICON}<img src="/a.svg" alt="" width="10"><script src="/a.js"></script>
          <script nonce="${nonce}">fetch("/data").then((a) => a.json()).then(({ n }) => { document.title = "n" + n + window.loaded; });</script>`,
          HTML,
        ),
      );
      app.get("/a.js", () => reply(200, "window.loaded = true", { "content-type": "text/javascript" }));
      app.get("/a.svg", () =>
        reply(
          200,
          '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><style>rect { fill: red }</style><rect width="10" height="10"/></svg>',
          { "content-type": "image/svg+xml" },
        ),
      );
      app.get("/data", () => ({ n: 1 }));
      const tab = await browser().newPage();
      const complaints = complaintsOf(tab);
      await tab.goto(await open(app));
      await tab.waitForFunction(() => document.title === "n1true");
      expect(await tab.locator("img").evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(10);
      expect(complaints).toEqual([]);
    });
  });
});
