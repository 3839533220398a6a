import type { JSX } from "preact";

export interface RawJsonProps {
  readonly id: string;
  readonly label: string;
  readonly text: string;
  readonly invalid?: boolean;
  readonly describedBy?: string | undefined;
  readonly onInput: (text: string) => void;
}

/** JSON as text. What does not parse is said, and can be sent all the same: to see what the server makes of it. */
export function RawJson({ id, label, text, invalid = false, describedBy, onInput }: RawJsonProps): JSX.Element {
  const wrong = complaintOf(text);
  return (
    <div class="raw">
      <textarea
        id={id}
        class="code"
        aria-label={label}
        aria-invalid={invalid}
        aria-describedby={describedBy}
        rows={Math.min(24, Math.max(4, text.split("\n").length))}
        spellcheck={false}
        autoComplete="off"
        value={text}
        onInput={({ currentTarget }) => onInput(currentTarget.value)}
      />
      <div class="raw-foot">
        <span class={wrong === undefined ? "field-hint" : "wrong"} role="status">
          {wrong ?? "JSON"}
        </span>
        <button
          type="button"
          class="quiet"
          disabled={wrong !== undefined || text.trim() === ""}
          onClick={() => onInput(JSON.stringify(JSON.parse(text), null, 2))}
        >
          Format
        </button>
      </div>
    </div>
  );
}

function complaintOf(text: string): string | undefined {
  if (text.trim() === "") return undefined;
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
