import { type Header, octets } from "../case.ts";
import type { Random } from "../random.ts";
import { INPUTS, LIMITS } from "../subjects/inputs.ts";
import { type Family, REFUSED, SAFE, sent } from "./family.ts";

const field = (name: string, value: string, boundary = "x"): string =>
  `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
const file = (disposition: string, content: string, type = "text/plain"): string =>
  `--x\r\ncontent-disposition: ${disposition}\r\ncontent-type: ${type}\r\n\r\n${content}\r\n`;
const PERSON = field("name", "Ada") + field("age", "36") + field("tags", "a");
const END = "--x--\r\n";

/** Bodies that end too soon, begin too late or say what no part says. */
function malformed(random: Random): string {
  const whole = PERSON + file('form-data; name="doc"; filename="a.txt"', "text") + END;
  const cut = random.below(whole.length);
  return random.pick([
    () => whole.slice(0, cut),
    () => whole.slice(cut),
    () => whole.slice(0, cut) + random.pick(["\0", "\r", "\n", "-", "--x", "\xff", "\r\n\r\n"]) + whole.slice(cut),
    () => whole.slice(0, cut) + whole.slice(cut + 1 + random.below(4)),
    () => whole.replaceAll("\r\n", random.pick(["\n", "\r", "\n\r"])),
    () => "",
    () => "--x--",
    () => "--x",
    () => "--x\r\n\r\n\r\n--x--",
    () => `${"\r\n".repeat(500)}${whole}`,
    () => `${"preamble ".repeat(500)}\r\n${whole}`,
    () => `${whole}${"epilogue ".repeat(500)}`,
    () => "--x\r\n".repeat(400) + END,
    () => `--x\r\n${"a: b\r\n".repeat(400)}\r\n\r\n${END}`,
    () => `--x\r\ncontent-disposition: form-data; name="${"n".repeat(20_000)}"\r\n\r\n1\r\n${END}`,
    () => `--x\r\ncontent-disposition: form-data; name=\r\n\r\n1\r\n${END}`,
    () => `--x\r\ncontent-disposition: form-data\r\n\r\n1\r\n${END}`,
    () => `--x\r\ncontent-disposition: attachment; name="name"\r\n\r\n1\r\n${END}`,
    () => `--x\r\n: x\r\n\r\n1\r\n${END}`,
    () => `--x\r\ncontent-disposition${random.pick([" :", "", ":\0"])} form-data; name="name"\r\n\r\n1\r\n${END}`,
    () => PERSON.replaceAll("--x", "--y") + END,
    () => `${PERSON}--x-${END}`,
  ])();
}

/** Well-formed ones with names, sizes and counts to fall over. */
function hostile(random: Random): string {
  const poison = random.pick([
    "__proto__",
    "constructor",
    "prototype",
    "__proto__[polluted]",
    "toString",
    "name[__proto__]",
    "constructor.prototype.polluted",
  ]);
  return random.pick([
    () => PERSON + field(poison, "polluted") + END,
    () => PERSON + file(`form-data; name="${poison}"; filename="a.txt"`, "text") + END,
    () => PERSON + file('form-data; name="doc"; filename="../../../etc/passwd"', "text") + END,
    () => PERSON + file('form-data; name="doc"; filename="a.txt\0.php"', "text") + END,
    () => PERSON + file("form-data; name=\"doc\"; filename*=UTF-8''%2e%2e%2fsecret", "text") + END,
    () => PERSON + file('form-data; name="doc"; filename="a.txt"', "text", "text/html") + END,
    () => PERSON + file('form-data; name="doc"; filename="a.txt"', "text", "text/plain, text/html") + END,
    () => PERSON + file('form-data; name="doc"; filename="a"; name="name"', "text") + END,
    () => PERSON + file('form-data; name="doc"; filename="a.txt"', "a".repeat(LIMITS.file + random.below(3))) + END,
    () => PERSON + field("extra", "1").repeat(LIMITS.parts + random.below(40)) + END,
    () => PERSON + field("tags", "b").repeat(random.pick([7, 8, 12])) + END,
    () =>
      field("age", random.pick(["36", "-1", "1e2", "0x10", "NaN", ""])) +
      field("name", "Ada") +
      field("tags", "a") +
      END,
    () => file('form-data; name="doc"; filename="a.txt"', "text") + PERSON + END,
    () => PERSON + field("name", "Eve") + END,
    () => PERSON + file('form-data; name="doc"', "no name") + END,
    () =>
      `--x\r\ncontent-disposition: form-data; name="name"\r\ncontent-type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\n${END}${END}`,
    () =>
      `--x\r\ncontent-transfer-encoding: base64\r\ncontent-disposition: form-data; name="name"\r\n\r\nQWRh\r\n${END}`,
  ])();
}

const TYPES = [
  "multipart/form-data; boundary=x",
  "multipart/form-data; boundary=x",
  "multipart/form-data; boundary=x",
  'multipart/form-data; boundary="x"',
  "multipart/form-data; boundary=",
  "multipart/form-data",
  "multipart/form-data; boundary=x; boundary=y",
  `multipart/form-data; boundary=${"x".repeat(500)}`,
  'multipart/form-data; boundary="x',
  "multipart/form-data; boundary=x\\",
  "multipart/form-data;boundary=.*",
  "multipart/form-data; boundary*=utf-8''x",
];

export const multipartFamilies: readonly Family[] = [
  {
    name: "malformed multipart",
    answersTo: "CVE-2025-47944",
    subject: "inputs",
    make: (random) => make(malformed(random), random),
  },
  {
    name: "hostile multipart",
    answersTo: "CVE-2025-7338",
    subject: "inputs",
    make: (random) => make(hostile(random), random),
  },
  {
    name: "files over the limit",
    answersTo: "CVE-2025-48997",
    subject: "inputs",
    make: (random) => {
      const { path } = random.pick([INPUTS.multipart, INPUTS.uploads, INPUTS.saved]);
      const large = file('form-data; name="doc"; filename="a.txt"', "a".repeat(LIMITS.file + 1 + random.below(20_000)));
      const type: Header = ["content-type", "multipart/form-data; boundary=x"];
      return {
        attack: sent("POST", path, [type], octets(PERSON + large + END), { chunked: random.chance(0.5) }),
        expect: REFUSED,
      };
    },
  },
];

/** Whoever leaves while sending; what was sent before is no body. */
export const brokenOff: Family = {
  name: "senders who leave",
  answersTo: "CVE-2022-24434",
  subject: "inputs",
  make: (random) => {
    const whole = PERSON + file('form-data; name="doc"; filename="a.txt"', "a".repeat(3000)) + END;
    const json = '{"name":"Ada","age":36,"tags":[]}';
    const [{ path }, type, body] = random.pick([
      [INPUTS.multipart, "multipart/form-data; boundary=x", whole],
      [INPUTS.uploads, "multipart/form-data; boundary=x", whole],
      [INPUTS.saved, "multipart/form-data; boundary=x", whole],
      [INPUTS.json, "application/json", json],
      [INPUTS.form, "application/x-www-form-urlencoded", "name=Ada&age=36&tags=a"],
      [INPUTS.bytes, "application/octet-stream", whole],
      [INPUTS.stream, "application/octet-stream", whole],
    ] as const);
    const more = { chunked: random.chance(0.5), leavesAfter: random.below(body.length) };
    return { attack: sent("POST", path, [["content-type", type]], octets(body), more), expect: REFUSED };
  },
};

function make(body: string, random: Random): ReturnType<Family["make"]> {
  const { path } = random.pick([INPUTS.multipart, INPUTS.uploads, INPUTS.saved]);
  const headers: Header[] = [["content-type", random.pick(TYPES)]];
  return { attack: sent("POST", path, headers, octets(body), { chunked: random.chance(0.3) }), expect: SAFE };
}
