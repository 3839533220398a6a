import { request } from "node:http";
import { describe, expect, test } from "vitest";
import { apiProject } from "./dev-project.ts";
import { running } from "./dev-server.ts";

interface Answer {
  readonly status: number;
  readonly text: string;
}

/** As a browser asks, whose headers `fetch` would not let a test set. Ends with the first words, as streams have more. */
function ask(url: string, headers: Readonly<Record<string, string>>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asking = request(url, { headers }, (response) => {
      response.once("data", (chunk: Buffer) => {
        resolve({ status: response.statusCode ?? 0, text: chunk.toString() });
        asking.destroy();
      });
    });
    asking.on("error", reject);
    asking.end();
  });
}

const own = ["/@dev/events", "/@dev/client.js", "/@dev/src/app.ts", "/@dev/__open-in-editor?file=nowhere.ts"] as const;

describe("what is the development server's", () => {
  test("is not for a foreign name of this machine, and the refusal says how to allow one", async () => {
    using app = apiProject({
      "openspeed.config.ts": 'export default { vite: { server: { allowedHosts: [".example.test"] } } };\n',
    });
    await using dev = await running(app.root, ["dev"]);
    for (const path of own) {
      const { status, text } = await ask(dev.url + path, { host: "evil.example:80", "sec-fetch-site": "same-origin" });
      expect({ path, status }).toEqual({ path, status: 403 });
      expect(text).toContain('vite: { server: { allowedHosts: ["evil.example"] } } in openspeed.config.ts');
    }
    for (const host of ["localhost", "127.0.0.1:1", "[::1]:1", "app.localhost", "example.test", "a.example.test:1"])
      expect(await ask(`${dev.url}/@dev/events`, { host })).toMatchObject({ status: 200 });
  });

  test("is not shown under a foreign name in place of an app that has not started", async () => {
    using app = apiProject({ "src/app.ts": "export const app = ;\n" });
    await using dev = await running(app.root, ["dev"]);
    for (const accept of ["text/html", "*/*"]) {
      const { status, text } = await ask(`${dev.url}/hello`, { host: "evil.example", accept });
      expect(status).toBe(403);
      expect(text).not.toContain("export const app");
    }
  });

  test("is not for pages of other sites, and only the app's own pages open an editor", async () => {
    using app = apiProject();
    await using dev = await running(app.root, ["dev"]);
    const status = async (path: string, site: string | undefined): Promise<number> =>
      (await ask(dev.url + path, site === undefined ? {} : { "sec-fetch-site": site })).status;
    for (const path of own) for (const site of ["cross-site", "same-site"]) expect(await status(path, site)).toBe(403);
    for (const site of ["same-origin", "none", undefined]) {
      expect(await status("/@dev/events", site)).toBe(200);
      expect(await status("/@dev/client.js", site)).toBe(200);
      expect(await status("/@dev/src/app.ts", site)).toBe(200);
    }
    for (const site of ["none", undefined]) {
      expect(await status("/@dev/__open-in-editor", site)).toBe(403);
      expect(await status("/@dev/__OPEN-in-editor", site)).toBe(403);
    }
    // Without a file it only says that there is none.
    expect(await status("/@dev/__open-in-editor", "same-origin")).toBe(500);
  });
});
