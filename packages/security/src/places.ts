import type { Awaitable } from "@openspeed/core";

/** Gives a place back. */
export type Leave = () => void;

export interface Line {
  /** How many may wait for a place of one key. */
  readonly length: number;
  /** How long each of them, in milliseconds. */
  readonly timeout: number;
}

interface Room {
  busy: number;
  /** First come, first served. */
  readonly waiting: Set<(leave: Leave) => void>;
}

/** So many places a key, in this process. */
export interface Places {
  /** A place, at once or when it is this one's turn; `undefined` if there is none, the wait was too long or is no longer wanted. */
  enter(key: string, signal: () => AbortSignal): Awaitable<Leave | undefined>;
}

export function makePlaces(limit: number, line: Line | undefined): Places {
  const rooms = new Map<string, Room>();

  function roomOf(key: string): Room {
    let room = rooms.get(key);
    if (room === undefined) rooms.set(key, (room = { busy: 0, waiting: new Set() }));
    return room;
  }

  function leaveOnce(key: string, room: Room): Leave {
    let left = false;
    return () => {
      if (left) return;
      left = true;
      const [first] = room.waiting;
      if (first !== undefined) {
        room.waiting.delete(first);
        first(leaveOnce(key, room));
      } else if (--room.busy === 0) rooms.delete(key);
    };
  }

  return {
    enter(key, signal) {
      const room = roomOf(key);
      if (room.busy < limit) {
        room.busy++;
        return leaveOnce(key, room);
      }
      return line !== undefined && room.waiting.size < line.length ? wait(room, line, signal()) : undefined;
    },
  };
}

function wait({ waiting }: Room, { timeout }: Line, signal: AbortSignal): Promise<Leave | undefined> {
  return new Promise((resolve) => {
    const settle = (leave: Leave | undefined): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", giveUp);
      waiting.delete(settle);
      resolve(leave);
    };
    const giveUp = (): void => settle(undefined);
    const timer = setTimeout(giveUp, timeout);
    waiting.add(settle);
    if (signal.aborted) giveUp();
    else signal.addEventListener("abort", giveUp);
  });
}
