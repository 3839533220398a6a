// Imported by every Node process that a snippet starts: whoever listens on a fixed port gets a free one instead, and the
// test that runs the snippet is told which. So snippets can say 3000, and many can run on one machine.
import net, { type AddressInfo } from "node:net";

const control = Number(process.env["OPENSPEED_SNIPPETS_CONTROL"]);
const step = process.env["OPENSPEED_SNIPPETS_STEP"];
const listen = net.Server.prototype.listen;

net.Server.prototype.listen = function (this: net.Server, ...args: unknown[]): net.Server {
  const [first] = args;
  const asked = typeof first === "number" ? first : portOf(first);
  if (asked === undefined || asked === 0) return Reflect.apply(listen, this, args);
  this.once("listening", () => tell(asked, this.address()));
  const rest = args.slice(1);
  return Reflect.apply(
    listen,
    this,
    typeof first === "number" ? [0, ...rest] : [{ ...Object(first), port: 0 }, ...rest],
  );
};

function portOf(options: unknown): number | undefined {
  const port = typeof options === "object" && options !== null && "port" in options ? Number(options.port) : Number.NaN;
  return Number.isInteger(port) ? port : undefined;
}

function tell(asked: number, address: AddressInfo | string | null): void {
  if (address === null || typeof address === "string") return;
  const socket = net.connect(control, "127.0.0.1", () =>
    socket.end(JSON.stringify({ step, asked, given: address.port })),
  );
  socket.unref();
  // Whoever ran the snippet has ended; then nobody needs to know.
  socket.on("error", () => {});
}
