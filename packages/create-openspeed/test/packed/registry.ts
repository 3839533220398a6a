import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Packed } from "./pack.ts";

export interface Registry extends AsyncDisposable {
  readonly url: string;
}

/**
 * A package registry that knows the packed packages and nothing else: package managers are told to ask it for
 * `@openspeed`, so that ranges are resolved as they will be once these versions are published.
 */
export async function serveRegistry(packages: readonly Packed[]): Promise<Registry> {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? "").slice(1);
    const [name = "", tarball] = path.split("/-/");
    const found = packages.find(({ manifest }) => manifest.name === name);
    if (found === undefined) response.writeHead(404, { "content-type": "application/json" }).end("{}");
    else if (tarball === undefined) {
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(packument(found, url)));
    } else response.writeHead(200, { "content-type": "application/octet-stream" }).end(found.bytes);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return {
    url,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** https://github.com/npm/registry/blob/main/docs/responses/package-metadata.md */
function packument({ manifest, integrity }: Packed, url: string): object {
  const { name, version } = manifest;
  const long = "2020-01-01T00:00:00.000Z";
  return {
    name,
    "dist-tags": { latest: version },
    // Package managers hold back what was published a moment ago.
    time: { created: long, modified: long, [version]: long },
    versions: { [version]: { ...manifest, dist: { tarball: `${url}${name}/-/${version}.tgz`, integrity } } },
  };
}
