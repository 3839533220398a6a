/** Node's calls on file descriptors, as promises: a `FileHandle` costs half as much again for each request. */
import { close, open, read, type Stats } from "node:fs";

/** A file that was opened, and what it was then. Whoever has it closes it. */
export interface OpenFile {
  readonly fd: number;
  readonly stats: Stats;
}

export function openDescriptor(path: string, flags: number): Promise<number> {
  return new Promise((resolve, reject) => {
    open(path, flags, (error, fd) => (error === null ? resolve(fd) : reject(error)));
  });
}

/** Reads what there is up to `length` bytes into the beginning of `bytes`; gives how many there were, 0 at the end. */
export function readDescriptor(fd: number, bytes: Uint8Array, length: number, position: number): Promise<number> {
  return new Promise((resolve, reject) => {
    read(fd, bytes, 0, length, position, (error, count) => (error === null ? resolve(count) : reject(error)));
  });
}

/** Nothing was written, so nothing can be lost that somebody would have to be told of. */
export function closeDescriptor(fd: number): void {
  close(fd, () => {});
}
