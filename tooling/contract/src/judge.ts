import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import {
  type ContractDocument,
  type DocumentedOperation,
  escaped,
  followed,
  isJson,
  type Json,
  member,
} from "./operations.ts";

export interface Answer {
  readonly status: number;
  readonly contentType: string | null;
  readonly body: Uint8Array;
}

/** Says everything about an answer that the document does not. Empty for an honest one. */
export type Judge = (operation: DocumentedOperation, answer: Answer) => readonly string[];

const BASE = "contract:document";

export function makeJudge(document: ContractDocument): Judge {
  const ajv = new Ajv2020({ strict: false, validateSchema: false, allErrors: true, logger: false });
  addFormats.default(ajv);
  ajv.addSchema({ ...document, $id: BASE });
  const compiled = new Map<string, ValidateFunction>();

  /** What is wrong with a value by the schema at a place of the document. */
  function faults(pointer: string, value: unknown): readonly string[] {
    let validate = compiled.get(pointer);
    if (validate === undefined) {
      validate = ajv.compile({ $ref: `${BASE}#${encodeURI(pointer)}` });
      compiled.set(pointer, validate);
    }
    if (validate(value)) return [];
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath || "/"} ${message ?? ""}`);
  }

  return (operation, { status, contentType, body }) => {
    const responses = member(operation.operation, "responses");
    const key = [String(status), `${Math.floor(status / 100)}XX`, "default"].find(
      (each) => responses[each] !== undefined,
    );
    if (key === undefined) return [`status ${status} is not in the document`];
    const response = followed(document, responses[key]);
    const pointer = response.pointer ?? `${operation.pointer}/responses/${key}`;
    const content = response.value["content"];
    if (!isJson(content))
      return body.length === 0 || key === "3XX" ? [] : [`status ${status} has a body, and the document none`];
    if (contentType === null)
      return body.length === 0 && content["*/*"] !== undefined ? [] : [`status ${status} has no content type`];
    const type = contentType.replace(/;.*$/, "").trim().toLowerCase();
    const range = [type, type.replace(/\/.*$/, "/*"), "*/*"].find((each) => content[each] !== undefined);
    if (range === undefined)
      return [`status ${status} comes as ${type}, the document has ${Object.keys(content).join(", ")}`];
    return judgeBody(member(content, range), `${pointer}/content/${escaped(range)}`, type, body);
  };

  function judgeBody(media: Json, pointer: string, type: string, body: Uint8Array): readonly string[] {
    const text = (): string => new TextDecoder("utf-8", { fatal: true }).decode(body);
    if (isJson(media["itemSchema"])) {
      const events = type === "text/event-stream";
      return (events ? eventsIn(text()) : linesIn(text())).flatMap((item) => faults(`${pointer}/itemSchema`, item));
    }
    if (!isJson(media["schema"])) return [];
    if (/[/+]json$/.test(type)) {
      let value: unknown;
      try {
        value = JSON.parse(text());
      } catch {
        return [`the body is no JSON: ${text().slice(0, 80)}`];
      }
      return faults(`${pointer}/schema`, value);
    }
    if (!type.startsWith("text/") && !/ndjson|jsonl/.test(type)) return [];
    const wrong = faults(`${pointer}/schema`, text());
    const { contentSchema, contentMediaType } = member(media, "schema");
    if (!isJson(contentSchema)) return wrong;
    const items =
      contentMediaType === "text/event-stream" ? eventsIn(text()).map(({ data }) => JSON.parse(data)) : linesIn(text());
    return [...wrong, ...faults(`${pointer}/schema/contentSchema`, items)];
  }
}

function linesIn(text: string): readonly unknown[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line): unknown => JSON.parse(line));
}

interface Event {
  readonly data: string;
  readonly event?: string;
  readonly id?: string;
  readonly retry?: number;
}

/** HTML §9.2.6, as far as it goes for whole texts. */
function eventsIn(text: string): readonly Event[] {
  return text
    .split("\n\n")
    .filter((block) => block.trim() !== "")
    .map((block) => {
      const lines = block.split("\n").map((line) => /^([^:]*): ?(.*)$/.exec(line) ?? ["", "", ""]);
      const values = (name: string): readonly string[] =>
        lines.filter(([, field]) => field === name).map(([, , value]) => value ?? "");
      const [event] = values("event");
      const [id] = values("id");
      const [retry] = values("retry");
      return {
        data: values("data").join("\n"),
        ...(event !== undefined && { event }),
        ...(id !== undefined && { id }),
        ...(retry !== undefined && { retry: Number(retry) }),
      };
    });
}
