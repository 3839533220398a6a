/** Header fields to send; an array sends the field several times. */
export type ReplyHeaders = { readonly [name: string]: string | readonly string[] };

/** A value with a status and headers of its own. */
export class Reply<Status extends number = number, Value = unknown> {
  readonly kind = "reply";
  readonly status: Status;
  readonly value: Value;
  readonly headers: ReplyHeaders;

  constructor(status: Status, value: Value, headers: ReplyHeaders) {
    this.status = status;
    this.value = value;
    this.headers = headers;
  }
}

/**
 * Answers with a status and headers; without a value the body is empty.
 *
 * @example
 * return reply(201, ticket, { location: `/tickets/${ticket.id}` });
 */
export function reply<const Status extends number>(status: Status): Reply<Status, undefined>;
export function reply<const Status extends number, Value>(
  status: Status,
  value: Value,
  headers?: ReplyHeaders,
): Reply<Status, Value>;
export function reply(status: number, value?: unknown, headers: ReplyHeaders = {}): Reply {
  return new Reply(status, value, headers);
}
