import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { ago, atTime } from "../ui/words.ts";

const MINUTE = 60_000;

/** How long ago something was; it stays true while the page is open. */
export default function Ago({ time, now }: { readonly time: string; readonly now: number }): VNode {
  const [then, setNow] = useState(now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), MINUTE);
    return () => clearInterval(timer);
  }, []);
  return (
    <time dateTime={time} title={atTime(time)}>
      {ago(time, then)}
    </time>
  );
}
