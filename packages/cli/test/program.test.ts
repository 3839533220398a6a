import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { project } from "./project.ts";

const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
  version: string;
};

describe.concurrent("the command line", () => {
  const wrong: readonly (readonly [args: readonly string[], says: string])[] = [
    [["rutes"], "unknown command 'rutes'\n(Did you mean routes?)"],
    [["routes", "--metod", "GET"], "unknown option '--metod'\n(Did you mean --method?)"],
    [["graph", "dif", "main"], "unknown command 'dif'\n(Did you mean diff?)"],
    [["graph", "diff"], "missing required argument 'before'"],
    [["graph", "diff", "main", "--allow", "all"], "Allowed choices are changes, unprotected."],
    [["new", "rout", "/x"], "unknown command 'rout'\n(Did you mean route?)"],
    [["--cwd", "nowhere", "routes"], "OS_NO_FOLDER\n  There is no such folder."],
    [[], "Usage: openspeed [options] [command]"],
  ];
  test.each(wrong)("%j is answered with what was probably meant", async (args, says) => {
    using empty = project({});
    const { code, out, err } = await empty.openspeed(args);
    expect({ code, out }).toEqual({ code: 3, out: "" });
    expect(err).toContain(says);
  });

  test("help names every command and every exit code", async () => {
    using empty = project({});
    const { code, out, err } = await empty.openspeed(["--help"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    for (const word of ["dev", "build", "start", "routes", "graph", "check", "new", "test", "Exit codes:", "  3  "]) {
      expect(out).toContain(word);
    }
  });

  test("the version is the package's", async () => {
    using empty = project({});
    expect(await empty.openspeed(["--version"])).toEqual({ code: 0, out: version, err: "" });
  });

  test("colours are for terminals, and for those who ask", async () => {
    using shop = project("shop");
    const [piped, forced, refused] = await Promise.all([
      shop.openspeed(["routes"]),
      shop.openspeed(["routes"], { FORCE_COLOR: "1" }),
      shop.openspeed(["routes"], { FORCE_COLOR: "1", NO_COLOR: "1" }),
    ]);
    expect(piped.out).not.toContain("\u001B[");
    expect(refused.out).toBe(piped.out);
    expect(forced.out).toContain("\u001B[36mGET");
    // oxlint-disable-next-line no-control-regex -- this is what colours are made of
    expect(forced.out.replaceAll(/\u001B\[\d+m/g, "")).toBe(piped.out);
  });
});
