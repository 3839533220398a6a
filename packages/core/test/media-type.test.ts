import { expect, test } from "vitest";
import { mediaType } from "../src/request/media-type.ts";

test.each([
  ["", ""],
  ["text/html", "text/html"],
  ["Text/HTML", "text/html"],
  [" text/html ; charset=utf-8", "text/html"],
  ["multipart/form-data;boundary=a;b", "multipart/form-data"],
  ["\ttext/html\t", "text/html"],
  // What the grammar does not know is no media type (RFC 9110 §8.3.1).
  ["text/html\u00a0", ""],
  ["text/html, text/plain", ""],
  ["text", ""],
  ["text/", ""],
  ["/html", ""],
  ["text/html/x", ""],
  ["a b/c", ""],
])("mediaType(%j)", (contentType, type) => {
  expect(mediaType(contentType)).toBe(type);
});
