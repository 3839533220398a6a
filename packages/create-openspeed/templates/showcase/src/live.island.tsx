import { useEffect, useState } from "preact/hooks";

/** Says that there is something new, as it comes. Without scripts the page is simply loaded again. */
export default function Live({ events }: { readonly events: string }) {
  const [title, setTitle] = useState<string>();
  useEffect(() => {
    const source = new EventSource(events);
    source.addEventListener("picture", ({ data }) => setTitle(JSON.parse(data).title));
    return () => source.close();
  }, [events]);
  return (
    <p class="live" role="status">
      {title === undefined ? "" : <a href="/">New: {title}. Show it</a>}
    </p>
  );
}
