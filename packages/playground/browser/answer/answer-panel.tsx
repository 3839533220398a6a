import type { Graph, GraphRoute } from "@openspeed/core";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { fieldId } from "../form/errors.ts";
import { Tabs } from "../tabs.tsx";
import { byteCount, milliseconds } from "../units.ts";
import type { AnswerBody, Exchange, StreamItem } from "./exchange.ts";
import { Json } from "./json-view.tsx";
import { Plan } from "./plan.tsx";

export interface AnswerPanelProps {
  readonly route: GraphRoute;
  readonly graph: Graph;
  readonly exchange: Exchange | undefined;
  readonly onAbort: () => void;
  /** Where the form stands above the answer: brings it into view again. */
  readonly onBack: () => void;
}

const TABS = ["Body", "Headers", "Plan"] as const;

/** What came of the request that was sent last: status, body, headers, and what ran for it. */
export function AnswerPanel({ route, graph, exchange, onAbort, onBack }: AnswerPanelProps): JSX.Element {
  const [tab, setTab] = useState<(typeof TABS)[number]>("Body");
  const running = exchange?.state === "sending" || exchange?.state === "streaming";
  return (
    <section class="answer" aria-label="Answer">
      <div class="answer-head">
        <div class="answer-facts" role="status">
          {exchange === undefined ? <h2>Answer</h2> : <Facts {...exchange} />}
        </div>
        {running && (
          <button type="button" onClick={onAbort}>
            Stop
          </button>
        )}
        {exchange !== undefined && (
          <button type="button" class="quiet back" onClick={onBack}>
            Back to the form
          </button>
        )}
      </div>
      <Tabs label="Answer" tabs={TABS} selected={tab} onSelect={setTab} counts={{ Headers: exchange?.headers.length }}>
        {tab === "Body" && <Body exchange={exchange} route={route} />}
        {tab === "Headers" && <HeaderTable headers={exchange?.headers ?? []} />}
        {tab === "Plan" && (
          <Plan
            route={route}
            graph={graph}
            timings={exchange?.timings ?? []}
            answered={exchange?.status !== undefined}
          />
        )}
      </Tabs>
    </section>
  );
}

function Facts({ state, status, waited, took, size, failure }: Exchange): JSX.Element {
  const words = { sending: "Sending…", streaming: "Streaming", aborted: "Stopped", failed: "No answer", done: "" }[
    state
  ];
  return (
    <>
      {status !== undefined && <Status status={status} />}
      {words !== "" && <span class={`answer-state answer-${state}`}>{words}</span>}
      {(took ?? waited) !== undefined && state !== "failed" && (
        <span class="answer-fact">{milliseconds(took ?? waited ?? 0)}</span>
      )}
      {size !== undefined && <span class="answer-fact">{byteCount(size)}</span>}
      {failure !== undefined && <span class="answer-fact">{failure}</span>}
    </>
  );
}

export function Status({ status }: { readonly status: number }): JSX.Element {
  return <span class={`status status-${Math.floor(status / 100)}`}>{`${status} ${REASONS[status] ?? ""}`.trim()}</span>;
}

const REASONS: Readonly<Record<number, string>> = {
  200: "OK",
  201: "Created",
  202: "Accepted",
  204: "No Content",
  304: "Not Modified",
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  406: "Not Acceptable",
  409: "Conflict",
  412: "Precondition Failed",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  422: "Unprocessable Content",
  429: "Too Many Requests",
  500: "Internal Server Error",
  503: "Service Unavailable",
};

function Body({
  exchange,
  route,
}: {
  readonly exchange: Exchange | undefined;
  readonly route: GraphRoute;
}): JSX.Element {
  if (exchange === undefined) return <Promised route={route} />;
  const { body, problem, redirected, state } = exchange;
  return (
    <>
      {redirected !== undefined && <p class="note">Followed a redirect to {new URL(redirected).pathname}</p>}
      {problem !== undefined && (
        <div class="problem">
          <p class="problem-title">
            {problem.title} {problem.name !== undefined && <code>{problem.name}</code>}
          </p>
          {problem.detail !== undefined && <p>{problem.detail}</p>}
          {problem.errors.length > 0 && (
            <ul>
              {problem.errors.map(({ in: part, pointer, detail }, i) => (
                <li key={i}>
                  <button
                    type="button"
                    class="to-field"
                    onClick={() => document.getElementById(fieldId(part, pointer))?.focus()}
                  >
                    {part + (pointer === "#" ? "" : decodeURIComponent(pointer.slice(1)).replaceAll("/", "."))}
                  </button>{" "}
                  {detail}
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
      {body === undefined ? (
        <p class="empty">{state === "sending" ? "Waiting for the answer…" : ""}</p>
      ) : (
        <BodyView body={body} />
      )}
    </>
  );
}

/** Before anything was sent: what may come. */
function Promised({ route }: { readonly route: GraphRoute }): JSX.Element {
  const statuses = Object.keys(route.outputs);
  const problems = Object.entries(route.problems).sort(([, a], [, b]) => a.status - b.status);
  return (
    <div class="promised">
      <p class="empty">Nothing was sent yet. What may come back:</p>
      <ul>
        {(statuses.length === 0 ? ["200"] : statuses).map((status) => (
          <li key={status}>
            <Status status={Number(status)} />
          </li>
        ))}
        {problems.map(([name, { status, title }]) => (
          <li key={name}>
            <span class={`status status-${Math.floor(status / 100)}`}>{status}</span> <span>{title}</span>{" "}
            <code>{name}</code>
          </li>
        ))}
      </ul>
    </div>
  );
}

function BodyView({ body }: { readonly body: AnswerBody }): JSX.Element {
  switch (body.kind) {
    case "empty":
      return <p class="empty">No body.</p>;
    case "json":
      return (
        <Listing text={JSON.stringify(body.value, null, 2)}>
          <Json value={body.value} />
        </Listing>
      );
    case "text":
      return (
        <Listing text={body.text}>
          <code>{body.text}</code>
        </Listing>
      );
    case "image":
      return (
        <div class="image">
          <img src={body.url} alt={`The answer, ${body.type}`} />
        </div>
      );
    case "bytes":
      return <Bytes {...body} />;
    case "stream":
      return <Items items={body.items} dropped={body.dropped} />;
  }
}

function Listing({ text, children }: { readonly text: string; readonly children: JSX.Element }): JSX.Element {
  const [copied, setCopied] = useState(false);
  return (
    <div class="listing">
      {/* Focusable, so that it can be scrolled without a mouse. */}
      <pre tabIndex={0} role="region" aria-label="Body">
        {children}
      </pre>
      <button
        type="button"
        class="quiet copy"
        onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}
        onBlur={() => setCopied(false)}
      >
        {copied ? "Copied" : "Copy"}
      </button>
    </div>
  );
}

function Bytes({ bytes, type }: { readonly bytes: Uint8Array<ArrayBuffer>; readonly type: string }): JSX.Element {
  const lines = Array.from({ length: Math.ceil(Math.min(bytes.length, 512) / 16) }, (_, i) => {
    const part = [...bytes.subarray(i * 16, i * 16 + 16)];
    const hex = part.map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
    const text = part.map((byte) => (byte > 31 && byte < 127 ? String.fromCharCode(byte) : "·")).join("");
    return `${(i * 16).toString(16).padStart(6, "0")}  ${hex.padEnd(47)}  ${text}`;
  });
  const [url] = useState(() => URL.createObjectURL(new Blob([bytes], { type })));
  return (
    <>
      <Listing text={lines.join("\n")}>
        <code>{lines.join("\n") + (bytes.length > 512 ? "\n…" : "")}</code>
      </Listing>
      <p class="note">
        <a href={url} download="answer">
          Save {byteCount(bytes.length)}
        </a>
      </p>
    </>
  );
}

function Items({ items, dropped }: { readonly items: readonly StreamItem[]; readonly dropped: number }): JSX.Element {
  return (
    <div role="log" aria-label="Items" class="items" tabIndex={0}>
      <ol>
        {dropped > 0 && <li class="field-hint">{dropped} earlier items are not kept.</li>}
        {items.map(({ at, text, event, id }, i) => (
          <li key={dropped + i}>
            <span class="item-time">{milliseconds(at)}</span>
            {event !== undefined && <span class="item-event">{event}</span>}
            {id !== undefined && <span class="item-id">{id}</span>}
            <Json text={text} />
          </li>
        ))}
      </ol>
    </div>
  );
}

function HeaderTable({ headers }: { readonly headers: Exchange["headers"] }): JSX.Element {
  if (headers.length === 0) return <p class="empty">No headers yet.</p>;
  return (
    <dl class="headers">
      {headers.map(([name, value], i) => (
        <div key={i}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
