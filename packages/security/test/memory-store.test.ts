import { describe, expect, test } from "vitest";
import { memoryStore } from "../src/index.ts";

const minute = { limit: 10, length: 60_000 };

describe("memory that is full", () => {
  test("forgets the least used key, so that a busy one is not reset by a flood of others", () => {
    const store = memoryStore({ keys: 1000 });
    for (let i = 0; i < 10; i++) store.take("busy", minute);
    expect(store.take("busy", minute)).toMatchObject({ taken: false });
    for (let i = 0; i < 50_000; i++) store.take(`other ${i}`, minute);
    expect(store.take("busy", minute)).toMatchObject({ taken: false, used: 10 });
  });

  test("forgets keys that are over first", () => {
    let now = 0;
    const store = memoryStore({ keys: 8, now: () => now });
    for (let i = 0; i < 8; i++) store.take(`old ${i}`, minute);
    now += 62_000;
    for (let i = 0; i < 8; i++) store.take(`new ${i}`, minute);
    for (let i = 0; i < 8; i++) expect(store.take(`new ${i}`, minute)).toMatchObject({ used: 2 });
  });

  test("refuses values instead of forgetting some", () => {
    let now = 0;
    const store = memoryStore({ size: 1000, now: () => now });
    const value = "x".repeat(200);
    expect(store.add("a", value, 1000)).toBeUndefined();
    expect(store.add("b", value, 1000)).toBeUndefined();
    expect(() => store.add("c", value, 1000)).toThrow(/OS_STORE_FULL/);
    expect(() => store.replace("b", value, "x".repeat(400), 1000)).toThrow(/OS_STORE_FULL/);
    expect(store.get("b")).toBe(value);
    expect(store.replace("b", value, undefined, 0)).toBe(true);
    expect(store.add("c", value, 1000)).toBeUndefined();
    now += 1000;
    expect(store.add("d", "x".repeat(450), 1000)).toBeUndefined();
  });

  test.each([{ keys: 0 }, { keys: 1.5 }, { size: "huge" as "1KiB" }])("%j is no bound", (options) => {
    expect(() => memoryStore(options)).toThrow(/OS_INVALID_LIMIT/);
  });
});
