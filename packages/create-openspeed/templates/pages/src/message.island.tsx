import { useState } from "preact/hooks";

interface Props {
  readonly value: string;
  readonly limit: number;
  readonly invalid: boolean;
}

/** A field that counts what is left. Its name ends in .island.tsx: it also runs in the browser; without, it is a plain field. */
export default function Message({ value, limit, invalid }: Props) {
  const [length, setLength] = useState(value.length);
  return (
    <>
      <textarea
        id="message"
        name="message"
        rows={3}
        maxLength={limit}
        aria-invalid={invalid}
        aria-describedby="message-error message-left"
        onInput={({ currentTarget }) => setLength(currentTarget.value.length)}
      >
        {value}
      </textarea>
      <small id="message-left">{limit - length} letters left</small>
    </>
  );
}
