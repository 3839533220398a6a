import type { GraphRoute } from "@openspeed/core";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Status } from "../answer/answer-panel.tsx";
import { Method } from "../method.tsx";
import { clockTime, milliseconds } from "../units.ts";
import type { Entry } from "./entries.ts";
import { recordingOf } from "./recording.ts";

export interface HistoryViewProps {
  readonly entries: readonly Entry[];
  readonly routes: readonly GraphRoute[];
  readonly onReplay: (entry: Entry) => void;
  readonly onClear: () => void;
}

/** What was sent from this browser: to send again, and to save as a test. */
export function HistoryView({ entries, routes, onReplay, onClear }: HistoryViewProps): JSX.Element {
  const [picked, pick] = useState<ReadonlySet<string>>(new Set());
  const chosen = picked.size === 0 ? entries : entries.filter(({ id }) => picked.has(id));
  const recording = recordingOf(chosen, routes);
  const left = chosen.length - recording.requests.length;
  return (
    <section class="page" aria-labelledby="history-title">
      <div class="page-head">
        <div>
          <h1 id="history-title">History</h1>
          <p class="lead">Kept in this browser. Save requests as a file, and make a test of it:</p>
          <p>
            <code>openspeed test --from requests.json</code>
          </p>
        </div>
        <div class="page-actions">
          <button type="button" disabled={entries.length === 0} onClick={onClear}>
            Clear
          </button>
          <button
            type="button"
            class="primary"
            disabled={recording.requests.length === 0}
            onClick={() => save(recording)}
          >
            {picked.size === 0 ? "Save all as a test" : `Save ${recording.requests.length} as a test`}
          </button>
        </div>
      </div>
      {left > 0 && (
        <p class="note">{left} of them cannot be saved: they hold files, or have no answer or no route any more.</p>
      )}
      {entries.length === 0 ? (
        <p class="empty">Nothing was sent yet.</p>
      ) : (
        <ul class="history">
          {entries.map((entry) => (
            <li key={entry.id}>
              <input
                type="checkbox"
                aria-label={`Pick ${entry.method} ${entry.target}`}
                checked={picked.has(entry.id)}
                onChange={({ currentTarget }) => {
                  const next = new Set(picked);
                  if (currentTarget.checked) next.add(entry.id);
                  else next.delete(entry.id);
                  pick(next);
                }}
              />
              <time class="history-time" dateTime={new Date(entry.at).toISOString()}>
                {clockTime(entry.at)}
              </time>
              <Method name={entry.method} />
              <span class="history-target">{entry.target}</span>
              <span class="history-answer">
                {entry.answer === undefined ? (
                  <span class="field-hint">no answer</span>
                ) : (
                  <Status status={entry.answer.status} />
                )}
                {entry.answer !== undefined && <span class="field-hint">{milliseconds(entry.answer.took)}</span>}
              </span>
              <button
                type="button"
                onClick={() => onReplay(entry)}
                aria-label={`Replay ${entry.method} ${entry.target}`}
              >
                Replay
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function save(recording: ReturnType<typeof recordingOf>): void {
  const url = URL.createObjectURL(new Blob([`${JSON.stringify(recording, null, 2)}\n`], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = "requests.json";
  link.click();
  URL.revokeObjectURL(url);
}
