/** An item of an event stream with fields of its own (WHATWG HTML §9.2). */
export class ServerSentEvent {
  readonly kind = "event";
  readonly data: unknown;
  readonly fields: EventFields;

  constructor(data: unknown, fields: EventFields) {
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
export function event(data: unknown, fields: EventFields = {}): ServerSentEvent {
  return new ServerSentEvent(data, fields);
}
