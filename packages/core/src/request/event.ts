/** An item of an event stream with fields of its own (WHATWG HTML §9.2). */
export class ServerSentEvent<Data = unknown> {
  readonly kind = "event";
  readonly data: Data;
  readonly fields: EventFields;

  constructor(data: Data, fields: EventFields) {
    this.data = data;
    this.fields = fields;
  }
}

export interface EventFields {
  readonly event?: string;
  readonly id?: string;
  /** Milliseconds until the client connects again. */
  readonly retry?: number;
}

/**
 * @example
 * async function* ticks() { yield event({ at: 1 }, { event: "tick", id: "1" }); }
 */
export function event<Data>(data: Data, fields: EventFields = {}): ServerSentEvent<Data> {
  return new ServerSentEvent(data, fields);
}
