import fc from "fast-check";
import { expect, test } from "vitest";
import { readDisposition } from "../src/disposition.ts";

test.each([
  ['form-data; name="a"', { name: "a", filename: undefined }],
  ["form-data; name=a", { name: "a", filename: undefined }],
  ['FORM-DATA;NAME="a"; filename="x.csv"', { name: "a", filename: "x.csv" }],
  ['form-data; name="a"; filename="รายงาน ☃.csv"', { name: "a", filename: "รายงาน ☃.csv" }],
  ['form-data; name="a"; filename="a; filename=b"', { name: "a", filename: "a; filename=b" }],
  ['form-data; name="a"; filename="say %22hi%22%0D%0A.txt"', { name: "a", filename: 'say "hi"\r\n.txt' }],
  ['form-data; name="a"; filename="say \\"hi\\".txt"', { name: "a", filename: 'say "hi".txt' }],
  ['form-data; name="a"; filename="100%.txt"', { name: "a", filename: "100%.txt" }],
  ['form-data; name="a"; filename=""', { name: "a", filename: "" }],
  ['form-data; name="a"; filename="../../etc/passwd"', { name: "a", filename: "passwd" }],
  ['form-data; name="a"; filename="C:\\fakepath\\x.png"', { name: "a", filename: "x.png" }],
  ['form-data; name="a"; filename=".."', { name: "a", filename: "" }],
  [`form-data; name="a"; filename="x"; filename*=UTF-8''y`, { name: "a", filename: "x" }],
])("%s", (header, expected) => {
  expect(readDisposition(header)).toEqual(expected);
});

test.each([
  "",
  "form-data",
  "attachment; name=a",
  'form-data; filename="x"',
  'form-data; name="a',
  'form-data; name="a" junk',
  'form-data; name="a"; name="b"',
  "form-dataname=a",
])("%s is refused", (header) => {
  expect(readDisposition(header)).toBeUndefined();
});

test("no header makes it throw, and no file name has a folder", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(readDisposition(`form-data; name="a"; filename="${text}"`)?.filename ?? "").not.toMatch(/[/\\]./);
      readDisposition(text);
    }),
  );
});
