import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { AnswerPanel } from "../answer/answer-panel.tsx";
import type { Exchange } from "../answer/exchange.ts";
import { send } from "../answer/send.ts";
import { Errors, type FieldError } from "../form/errors.ts";
import { entryOf } from "../history/entries.ts";
import { Method } from "../method.tsx";
import { RoutePath } from "../route-path.tsx";
import { credentialsOf } from "./credentials.ts";
import { type Draft, emptyDraft } from "./draft.ts";
import type { FaceProps } from "./face-props.ts";
import { curlOf, planRequest } from "./plan-request.ts";
import { RequestForm } from "./request-form.tsx";
import { RouteAbout } from "./route-about.tsx";

/** What was put in and what came, by route, while the page is open. */
const drafts = new Map<string, Draft>();
const exchanges = new Map<string, Exchange>();

/** A route's form, and the answer to what it sent. */
export function HttpFace({ route, graph, root, replay, onSent }: FaceProps): JSX.Element {
  const [draft, setDraft] = useState(() => drafts.get(route.key) ?? emptyDraft(route));
  const [exchange, setExchange] = useState(() => exchanges.get(route.key));
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const [copied, setCopied] = useState(false);
  const running = useRef<AbortController | undefined>(undefined);
  const answer = useRef<HTMLDivElement>(null);
  const form = useRef<HTMLFormElement>(null);

  const change = (next: Draft, edited?: { readonly in: string }): void => {
    drafts.set(route.key, next);
    setDraft(next);
    if (edited !== undefined) setErrors((before) => before.filter((error) => error.in !== edited.in));
  };

  const start = async (from: Draft): Promise<void> => {
    const credentials = credentialsOf(route);
    const planned = planRequest(route, from, credentials);
    if (!("target" in planned)) {
      setErrors(planned);
      document.querySelector<HTMLElement>(".sections input")?.focus();
      return;
    }
    running.current?.abort();
    const abort = new AbortController();
    running.current = abort;
    setErrors([]);
    // Where the answer stands below the form, it is brought into view.
    if (matchMedia("(max-width: 1100px)").matches) answer.current?.scrollIntoView({ block: "start" });
    const done = await send(planned, {
      key: route.key,
      root,
      signal: abort.signal,
      onChange: (next) => {
        if (running.current !== abort) return;
        exchanges.set(route.key, next);
        setExchange(next);
      },
    });
    if (running.current === abort) setErrors(done.problem?.errors ?? []);
    onSent(entryOf(done, from, credentials));
  };

  useEffect(() => {
    if (replay === undefined) return;
    change(replay.draft);
    void start(replay.draft);
  }, [replay]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey)) return;
      event.preventDefault();
      void start(draft);
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  });

  const copy = (): void => {
    const planned = planRequest(route, draft, credentialsOf(route));
    if (!("target" in planned)) return setErrors(planned);
    void navigator.clipboard.writeText(curlOf(planned, root)).then(() => setCopied(true));
  };

  return (
    <div class="face">
      <form
        class="request"
        ref={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void start(draft);
        }}
      >
        <div class="request-scroll">
          <RouteAbout route={route} />
          <Errors.Provider value={errors}>
            <RequestForm route={route} draft={draft} onChange={change} />
          </Errors.Provider>
        </div>
        <div class="send-bar">
          <button type="submit" class="primary">
            Send <kbd aria-hidden="true">{/Mac|iP/.test(navigator.platform) ? "⌘↵" : "Ctrl ↵"}</kbd>
          </button>
          <span class="send-target" aria-hidden="true">
            <Method name={draft.method} />
            <RoutePath path={route.path} />
          </span>
          <button type="button" class="quiet" onClick={() => change(emptyDraft(route), { in: "" })}>
            Reset
          </button>
          <button type="button" class="quiet" onClick={copy} onBlur={() => setCopied(false)}>
            {copied ? "Copied" : "Copy curl"}
          </button>
        </div>
      </form>
      <div class="answer-column" ref={answer}>
        <AnswerPanel
          route={route}
          graph={graph}
          exchange={exchange}
          onAbort={() => running.current?.abort()}
          onBack={() => form.current?.scrollIntoView({ block: "start" })}
        />
      </div>
    </div>
  );
}
