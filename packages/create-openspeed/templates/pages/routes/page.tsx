import { form as fields, route } from "@openspeed/core";
import { page, redirect } from "@openspeed/pages";
import { guestbook, MESSAGE_LENGTH, NewEntry } from "../src/guestbook.ts";
import Message from "../src/message.island.tsx";

/** What the page shows: a route like any other, with the newest first. */
export const loader = route({ use: [guestbook] }, ({ guestbook }) => ({ entries: guestbook.toReversed() }));

/** What its form does. What the schema refuses comes back with the page, beside the fields. */
export const action = route({ use: [guestbook], body: fields(NewEntry) }, ({ guestbook, body }) => {
  const id = guestbook.length + 1;
  guestbook.push({ id, ...body });
  return redirect(`/entries/${id}`);
});

export default page({ loader, action, head: { title: "Welcome" } }, ({ entries, form }) => (
  <>
    <h1>Leave a word</h1>
    <form method="post">
      <label for="name">Name</label>
      <input
        id="name"
        name="name"
        autocomplete="name"
        value={form.values.name}
        aria-invalid={form.errors.name !== undefined}
        aria-describedby="name-error"
      />
      <Wrong field="name" text={form.errors.name} />
      <label for="message">Message</label>
      <Message value={form.values.message ?? ""} limit={MESSAGE_LENGTH} invalid={form.errors.message !== undefined} />
      <Wrong field="message" text={form.errors.message} />
      <button>Write</button>
    </form>
    <ul class="entries">
      {entries.map(({ id, name, message }) => (
        <li key={id}>
          <p>{message}</p>
          <small>
            <a href={`/entries/${id}`}>{name}</a>
          </small>
        </li>
      ))}
    </ul>
  </>
));

function Wrong({ field, text }: { readonly field: string; readonly text: string | undefined }) {
  return text === undefined ? null : (
    <p id={`${field}-error`} role="alert">
      {text}
    </p>
  );
}
