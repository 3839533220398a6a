/** An address that cannot be listened on; its message is one line that says what is wrong and how to mend it. */
export class ListenError extends Error {
  override readonly name = "ListenError" as const;
  /** `OS_PORT_IN_USE`, `OS_PORT_DENIED`, `OS_PORT_INVALID`, `OS_HOST_UNKNOWN`, `OS_SOCKET_INVALID`, `OS_WORKERS_INVALID`, `OS_WORKER_FAILED`, `OS_SHUTDOWN_INVALID` or `OS_LISTEN_FAILED`. */
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(`${code}: ${message}`, options);
    this.code = code;
  }
}

/** An option as it would be written; JSON has no word for some numbers. */
export function shown(given: unknown): string {
  return typeof given === "number" ? String(given) : (JSON.stringify(given) ?? "undefined");
}

/** Where a server was told to listen. */
export interface Place {
  readonly port: number;
  readonly hostname: string;
  readonly socket: string | undefined;
}

/** Node's error as a `ListenError`. */
export function listenError(error: NodeJS.ErrnoException, place: Place): ListenError {
  const { port, hostname, socket } = place;
  const options = { cause: error };
  switch (error.code) {
    case "EADDRINUSE":
      return socket === undefined
        ? new ListenError(
            "OS_PORT_IN_USE",
            `port ${port} on ${hostname} is already in use; stop what listens there, or choose another port.`,
            options,
          )
        : new ListenError(
            "OS_PORT_IN_USE",
            `another server listens on the socket ${socket}; stop it, or choose another path.`,
            options,
          );
    case "EACCES":
    case "EPERM":
      return socket === undefined
        ? new ListenError(
            "OS_PORT_DENIED",
            `this user may not listen on port ${port}; choose a port of 1024 or more, or grant the permission.`,
            options,
          )
        : new ListenError(
            "OS_PORT_DENIED",
            `this user may not create the socket ${socket}; choose a folder it may write to.`,
            options,
          );
    case "ENOTFOUND":
    case "EAI_AGAIN":
    case "EADDRNOTAVAIL":
    case "EINVAL":
      if (socket !== undefined) break;
      return new ListenError(
        "OS_HOST_UNKNOWN",
        `"${hostname}" is no address of this machine; use "localhost", or "0.0.0.0" for every address.`,
        options,
      );
    case "ENOENT":
    case "ENOTDIR":
    case "ENAMETOOLONG":
      return new ListenError(
        "OS_SOCKET_INVALID",
        `the socket ${socket ?? ""} cannot be created; its folder must exist and its path be short.`,
        options,
      );
    default:
  }
  return new ListenError(
    "OS_LISTEN_FAILED",
    `cannot listen on ${socket ?? `${hostname}:${port}`}: ${error.message}.`,
    options,
  );
}
