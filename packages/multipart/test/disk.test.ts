import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createApp, problem } from "@openspeed/core";
import { transports } from "@openspeed/testing";
import { serve } from "@openspeed/adapter-node";
import { isRequired } from "@openspeed/required";
import { afterAll, describe, expect, test } from "vitest";
import { disk, type SavedFile } from "../src/disk.ts";
import { multipart, uploads } from "../src/index.ts";
import { BOUNDARY, formText } from "./form.ts";

const root = mkdtempSync(join(tmpdir(), "openspeed-disk-"));
const mounted = mountSmall(join(root, "small"));
afterAll(() => {
  if (mounted !== undefined) execFileSync("umount", [mounted]);
  rmSync(root, { recursive: true, force: true });
});

/** A disk of 256 KiB, where this user may mount one; it is skipped elsewhere, and fails where OPENSPEED_REQUIRE names `mount`. */
function mountSmall(folder: string): string | undefined {
  try {
    execFileSync("mkdir", [folder]);
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=256k", "tmpfs", folder], { stdio: "ignore" });
    return folder;
  } catch (error) {
    if (isRequired("mount")) throw error;
    console.log("Tests on a full disk are skipped: this user may not mount one. Run them as root.");
    return undefined;
  }
}

function folderOf(name: string): { readonly folder: string; files(): readonly string[] } {
  const folder = join(root, name);
  return { folder, files: () => readdirSync(folder) };
}

function form(size: number): { method: string; body: string; headers: Record<string, string> } {
  const body = formText([{ name: "file", filename: "../../etc/passwd", value: "x".repeat(size) }]);
  return { method: "POST", body, headers: { "content-type": `multipart/form-data; boundary=${BOUNDARY}` } };
}

describe.each(transports(serve))("by $name", ({ name, testApp }) => {
  const body = uploads({ files: { file: { maxSize: "8MiB", many: true } } });
  const limits = { body: "16MiB" } as const;

  test("a file is saved under a name of ours, streamed or held", async () => {
    const { folder, files } = folderOf(`saved-${name}`);
    const app = createApp({ mode: "test" })
      .post("/streamed", { use: [disk({ folder })], body }, async ({ body, disk }) => {
        const saved = [];
        for await (const file of body.files) saved.push(await disk.save(file));
        return saved;
      })
      .post("/held", { use: [disk({ folder })], body: multipart({ files: { file: {} } }) }, async ({ body, disk }) => [
        await disk.save(body.files.file),
      ]);
    await using t = await testApp(app);
    for (const path of ["/streamed", "/held"]) {
      const [saved] = (await (await t.fetch(path, form(100_000))).json()) as readonly SavedFile[];
      if (saved === undefined) throw new Error("Nothing was saved.");
      expect(saved.size).toBe(100_000);
      expect(saved.path.startsWith(join(folder, "/"))).toBe(true);
      expect(readFileSync(saved.path, "utf8")).toBe("x".repeat(100_000));
    }
    expect(files()).toHaveLength(2);
  });

  test("a request that fails leaves nothing", async () => {
    const { folder, files } = folderOf(`failed-${name}`);
    const app = createApp({ onError: () => {} });
    app.post(
      "/",
      { use: [disk({ folder })], body, problems: { no: problem(409, "No") } },
      async ({ body, disk, fail }) => {
        for await (const file of body.files) await disk.save(file);
        return fail.no();
      },
    );
    await using t = await testApp(app);
    expect((await t.fetch("/", form(1000))).status).toBe(409);
    expect(files()).toEqual([]);
  });

  test("nor does one that fails while files are being saved, or before", async () => {
    const { folder, files } = folderOf(`parallel-${name}`);
    const app = createApp({ onError: () => {} });
    const saving: Promise<SavedFile>[] = [];
    const body = multipart({ files: { file: {} } });
    app.post("/", { use: [disk({ folder })], body, problems: { no: problem(409, "No") } }, ({ body, disk, fail }) => {
      const save = (): Promise<SavedFile> => disk.save(body.files.file);
      saving.push(save(), save(), new Promise<void>((resolve) => setTimeout(resolve, 20)).then(save));
      for (const each of saving) each.catch(() => {}); // looked at below
      return saving[0]?.then(() => fail.no());
    });
    await using t = await testApp(app);
    for (let i = 0; i < 5; i++) expect((await t.fetch("/", form(500_000))).status).toBe(409);
    await Promise.allSettled(saving);
    expect(files()).toEqual([]);
  });

  test("a body that breaks off leaves nothing, and is no error of the app", async () => {
    const { folder, files } = folderOf(`broken-${name}`);
    const told: unknown[] = [];
    const app = createApp({ onError: (error) => told.push(error) });
    app.post("/", { use: [disk({ folder })], body }, async ({ body, disk }) => {
      for await (const file of body.files) await disk.save(file);
    });
    await using t = await testApp(app);
    const { headers } = form(0);
    const cut = form(100_000).body.slice(0, 70_000);
    const response = await t.fetch("/", { method: "POST", body: cut, headers });
    expect(response.status).toBe(400);
    expect(files()).toEqual([]);
    expect(told).toEqual([]);
  });

  test.skipIf(mounted === undefined)("a full disk is 507, leaves nothing, and the app goes on", async () => {
    const folder = join(mounted ?? root, name);
    const told: unknown[] = [];
    const app = createApp({ onError: (error) => told.push(error) });
    app.post("/", { use: [disk({ folder })], body, limits }, async ({ body, disk }) => {
      for await (const file of body.files) await disk.save(file);
      return "saved";
    });
    await using t = await testApp(app);
    const response = await t.fetch("/", form(2 * 1024 * 1024));
    expect([response.status, await response.json()]).toMatchObject([507, { name: "insufficientStorage" }]);
    expect(readdirSync(folder)).toEqual([]);
    expect((await t.fetch("/", form(100_000))).status).toBe(200);
    expect(readdirSync(folder)).toHaveLength(1);
    expect(told).toEqual([]);
    rmSync(folder, { recursive: true });
  });
});

describe("a folder that cannot be written to keeps the app from starting", () => {
  test.each(["", new URL("https://example.com/"), undefined as unknown as string])("%o", (folder) => {
    expect(() => disk({ folder })).toThrow(/^OS_DISK_FOLDER: .* Name a folder/);
  });

  test.each(["taken", "taken/below"])("%s, where a file is", async (name) => {
    writeFileSync(join(root, "taken"), "");
    const app = createApp().post("/", { use: [disk({ folder: join(root, name) })] }, () => "saved");
    await expect(app.ready()).rejects.toThrow(/^OS_DISK_FOLDER: The folder .*taken.* \((?:EEXIST|ENOTDIR)\)\./);
  });

  test("one named by a URL is made when the app starts", async () => {
    const folder = pathToFileURL(join(root, "by-url", "/"));
    await createApp()
      .post("/", { use: [disk({ folder })] }, () => "saved")
      .ready();
    expect(readdirSync(folder)).toEqual([]);
  });
});

test("what has arrived is removed when the client leaves in the middle of a file", async () => {
  const { folder, files } = folderOf("left");
  const told: unknown[] = [];
  const ended = Promise.withResolvers<void>();
  const arriving = Promise.withResolvers<void>();
  const app = createApp({ onError: (error) => told.push(error) });
  app.post("/", { use: [disk({ folder })], body: uploads({ files: { file: {} } }) }, async ({ body, disk }) => {
    try {
      for await (const file of body.files) {
        const saving = disk.save(file);
        arriving.resolve();
        await saving;
      }
    } finally {
      ended.resolve();
    }
  });
  const server = await serve(app, { port: 0, signals: false, quiet: 0 });
  const controller = new AbortController();
  const text = new TextEncoder().encode(form(500_000).body.slice(0, 300_000));
  let sent = false;
  const { headers } = form(0);
  const answer = fetch(server.url, {
    method: "POST",
    headers,
    signal: controller.signal,
    body: new ReadableStream({
      pull(stream) {
        if (!sent) stream.enqueue(text);
        const waiting = sent;
        sent = true;
        return waiting ? new Promise<void>(() => {}) : undefined;
      },
    }),
    duplex: "half",
  }).catch(() => undefined);
  await arriving.promise;
  controller.abort();
  await ended.promise;
  await answer;
  await server.close();
  expect(files()).toEqual([]);
  expect(told).toEqual([]);
});
