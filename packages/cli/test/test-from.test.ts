import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { serve } from "@openspeed/adapter-node";
import { hasChromium, openBrowser } from "@openspeed/chromium";
import type { App } from "@openspeed/core";
import { describe, expect, test, vi } from "vitest";
import { project, type TestProject } from "./project.ts";

/** An app with a guard, ids that are new each time, forms, streams and redirects. */
const APP = `import { createApp, event, form, policy, problem, provide, publicAccess, reply, security } from "@openspeed/core";
import { playground } from "@openspeed/playground";
import { multipart } from "@openspeed/multipart";
import { z } from "zod";

const user = provide("user", {
  meta: [policy({ kind: "signedIn" }), security({ name: "deskToken", scheme: { type: "http", scheme: "bearer" } })],
  problems: { unauthenticated: problem(401, "Sign in first") },
}, ({ header, fail }) => (header("authorization") === "Bearer let-me-in" ? { name: "Ada" } : fail.unauthenticated()));

export const app = createApp({ plugins: [playground()], onError: () => undefined });
const open = [publicAccess()];
app.post("/tickets", { use: [user], body: z.object({ title: z.string().min(3), at: z.iso.datetime() }), output: { 201: z.object({ id: z.uuid(), title: z.string(), at: z.string(), made: z.string() }) } },
  ({ body }) => reply(201, { id: crypto.randomUUID(), ...body, made: new Date().toISOString() }));
app.get("/hello/:name", { use: open, query: z.object({ loud: z.coerce.boolean().optional() }) }, ({ params, query }) => \`Hello \${params.name}\${query.loud === true ? "!" : ""}\`);
app.post("/subscribe", { use: open, body: form(z.object({ email: z.email() })) }, ({ body }) => body);
app.post("/notes", { use: open, body: multipart({ fields: z.object({ note: z.string() }) }) }, ({ body }) => body.fields);
app.get("/ticks", { use: open, offers: ["text/event-stream"] }, async function* () { yield event({ n: 1 }); await new Promise(() => undefined); });
app.get("/old", { use: open }, () => new Response(null, { status: 302, headers: { location: "/hello/you" } }));
app.get("/greeting", { use: open, cookies: z.object({ lang: z.string().optional() }) }, ({ cookies }) => ({ lang: cookies.lang ?? "en" }));
`;

const VITEST = `import { defineConfig } from "vitest/config";
const conditions = ["@openspeed/source", "module", "node", "development|production"];
export default defineConfig({ resolve: { conditions }, ssr: { resolve: { conditions, externalConditions: ["@openspeed/source"] } } });
`;

function desk(): TestProject {
  return project({ "src/app.ts": APP, "vitest.config.ts": VITEST, "package.json": `{ "type": "module" }` });
}

/** Runs the project's own vitest; gives its report. */
async function vitest({ root }: TestProject, env: Readonly<Record<string, string>> = {}): Promise<string> {
  const { VITEST: _vitest, NODE_ENV: _mode, FORCE_COLOR: _force, ...own } = process.env;
  return new Promise((resolve) => {
    const args = [join(root, "node_modules/vitest/vitest.mjs"), "run", "--reporter=verbose"];
    execFile(process.execPath, args, { cwd: root, env: { ...own, NO_COLOR: "1", ...env } }, (error, out, err) =>
      resolve(`${out}${err}\nexit ${String(error?.code ?? 0)}`),
    );
  });
}

describe.runIf(hasChromium)("test --from", () => {
  const browser = openBrowser();

  test("makes a test of what the playground sent, and it passes", async () => {
    using desks = desk();
    vi.stubEnv("NODE_ENV", "development");
    const { app } = (await import(join(desks.root, "src/app.ts"))) as { app: App };
    const server = await serve(app.override([]), { port: 0, hostname: "127.0.0.1", signals: false, grace: 100 });
    vi.unstubAllEnvs();
    const page = await browser().newPage();
    page.setDefaultTimeout(15_000);
    const show = async (key: string): Promise<void> => {
      await page.goto(`${server.url}/playground#${encodeURI(key)}`);
      await page.locator(".about-line .path", { hasText: key.split(" ")[1] ?? "" }).waitFor();
    };
    const send = async (status: string): Promise<void> => {
      await page.getByRole("button", { name: /^Send/ }).click();
      await page.getByRole("region", { name: "Answer" }).getByRole("status").getByText(status).waitFor();
      await page.locator(".answer-state").waitFor({ state: "detached" });
    };
    await show("POST /tickets");
    await page.getByLabel("title", { exact: true }).fill("ab");
    await page.getByLabel("deskToken").fill("let-me-in");
    await page.getByRole("button", { name: "now" }).click();
    await send("422");
    await page.getByLabel("title", { exact: true }).fill("Printer on fire");
    await send("201");
    await show("GET /hello/:name");
    await page.getByLabel("name", { exact: true }).fill("a b/c");
    await page.getByRole("radiogroup", { name: "loud" }).getByRole("radio", { name: "true" }).check();
    await send("200");
    await show("POST /subscribe");
    await page.getByLabel("email").fill("ada@example.com");
    await send("200");
    await show("POST /notes");
    await page.getByRole("textbox", { name: "note" }).fill("Buy milk");
    await send("200");
    await show("GET /greeting");
    await page.getByLabel("lang").fill("th");
    await send("200");
    await show("GET /old");
    await send("200");
    await show("GET /ticks");
    await page.getByRole("button", { name: /^Send/ }).click();
    await page.getByRole("log").getByText(`"n"`).waitFor();
    await page.getByRole("button", { name: "Stop" }).click();
    await page.getByText("Stopped").waitFor();
    await page.getByRole("link", { name: /^History/ }).click();
    const downloading = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save all as a test" }).click();
    await (await downloading).saveAs(join(desks.root, "requests.json"));
    await page.close();
    await server.close();

    const made = await desks.openspeed(["test", "--from", "requests.json"]);
    expect(made.err).toBe("");
    expect(made).toMatchObject({
      code: 0,
      out: expect.stringContaining("wrote test/requests.test.ts with 8 requests"),
    });
    expect(made.out).toContain("TEST_DESK_TOKEN");
    const written = readFileSync(join(desks.root, "test/requests.test.ts"), "utf8");
    expect(written).toContain(`authorization: \`Bearer \${deskTokenCredential}\``);
    expect(written).toContain(`.expectProblem("invalid", { errors: [{ in: "body", pointer: "#/title" }] })`);
    expect(written).not.toContain("let-me-in");
    expect(await vitest(desks)).toMatch(/1 skipped[\s\S]*exit 0$/);
    expect(await vitest(desks, { TEST_DESK_TOKEN: "let-me-in" })).toMatch(/Tests {2}1 passed[\s\S]*exit 0$/);
    // A test that cannot fail would be none.
    desks.write({ "src/app.ts": APP.replace("`Hello", "`Bye") });
    expect(await vitest(desks, { TEST_DESK_TOKEN: "let-me-in" })).toMatch(
      /GET \/hello\/a%20b%2Fc\?loud=true: the value differs[\s\S]*exit 1$/,
    );

    const again = await desks.openspeed(["test", "--from", "requests.json"]);
    expect(again).toMatchObject({ code: 3, err: expect.stringContaining("OS_FILE_EXISTS") });
  });
});

describe.concurrent("what test --from refuses", () => {
  const request = { key: "GET /", answer: { status: 200 } };
  const wrong: readonly (readonly [text: string, says: string])[] = [
    ["", "It cannot be read"],
    ["[]", "It holds no requests of a playground."],
    [JSON.stringify({ format: "openspeed-requests", version: 2, requests: [request] }), "version 2"],
    [
      JSON.stringify({ format: "openspeed-requests", version: 1, requests: [request, { key: "GET" }] }),
      "Its request 2",
    ],
  ];
  test.for(wrong)("%j", async ([text, says]) => {
    using empty = project({ "requests.json": text });
    const { code, err } = await empty.openspeed(["test", "--from", "requests.json"]);
    expect(code).toBe(3);
    expect(err).toContain("OS_RECORDING_FILE");
    expect(err).toContain(says);
  });

  test("what a file says becomes texts and names, and no other code", async () => {
    const evil = '`${process.exit(7)}`"}); process.exit(7); //\u2028';
    const credentials = [{ scheme: evil, in: "header", name: "x", prefix: "" }];
    const evilRequest = { ...request, key: `GET /${evil.replace(/\s/g, "")}`, query: { [evil]: evil }, credentials };
    using some = project({ "src/app.ts": `import { createApp } from "@openspeed/core"; export default createApp();` });
    some.write({ "vitest.config.ts": VITEST });
    some.write({
      "requests.json": JSON.stringify({ format: "openspeed-requests", version: 1, requests: [evilRequest] }),
    });
    expect((await some.openspeed(["test", "--from", "requests.json", "-o", "a.test.ts"])).code).toBe(0);
    expect(readFileSync(join(some.root, "a.test.ts"), "utf8")).toContain(`import app from "./src/app.ts";`);
    // It runs, and finds that there is no such route.
    const said = await vitest(some, { TEST__PROCESS_EXIT_7_PROCESS_EXIT_7_: "x" });
    expect(said).toMatch(/expected status 200, got 404[\s\S]*exit 1$/);

    const prefix = { ...evilRequest, credentials: [{ scheme: "a", in: "header", name: "x", prefix: evil }] };
    some.write({ "requests.json": JSON.stringify({ format: "openspeed-requests", version: 1, requests: [prefix] }) });
    const { code, err } = await some.openspeed(["test", "--from", "requests.json", "-o", "b.test.ts"]);
    expect({ code, err }).toEqual({ code: 3, err: expect.stringContaining("OS_RECORDING_FILE") });
  });
});
