/** What must not compile, beside what must. */
import { createApp, route } from "@openspeed/core";
import { cors, csp, cspNonce, csrf, requestId, secureHeaders } from "../src/index.ts";

cors({ origins: ["https://app.example", "https://*.example.com", "null"] });
cors({ origins: "*" });
cors({ origins: (origin) => origin.length > 0, credentials: true, maxAge: "1h" });
// @ts-expect-error credentials for everybody
cors({ origins: "*", credentials: true });
// @ts-expect-error no scheme
cors({ origins: ["app.example"] });
// @ts-expect-error a duration has a unit
cors({ origins: "*", maxAge: "10" });

csrf({ origins: ["https://sso.example.com"], sameSite: true });
// @ts-expect-error functions of the path are not offered: guards sit on routes
csrf({ except: ["/hooks"] });

csp({
  "default-src": ["'self'"],
  "img-src": ["'self'", "data:", "https://images.example"],
  "upgrade-insecure-requests": [],
});
csp({
  "script-src": ["'nonce'", "'strict-dynamic'"],
  "style-src": ["'self'", "'unsafe-inline'"],
  sandbox: ["allow-forms"],
});
csp({ "script-src": ["'sha256-YWJj'"] });
// @ts-expect-error a keyword has quotes
csp({ "default-src": ["self"] });
// @ts-expect-error a host has a scheme
csp({ "img-src": ["images.example"] });
// @ts-expect-error no such directive
csp({ "img-scr": ["'self'"] });
// @ts-expect-error one source a text
csp({ "img-src": ["https://a.example https://b.example"] });
// @ts-expect-error nothing ends the directive
csp({ "img-src": ["https://a.example; script-src *"] });
// @ts-expect-error browsers ignore 'unsafe-inline' beside a nonce
csp({ "style-src": ["'unsafe-inline'", "'nonce'"] });
// @ts-expect-error and beside a hash
csp({ "style-src": ["'unsafe-inline'", "'sha256-YWJj'"] });
// @ts-expect-error 'none' stands alone
csp({ "img-src": ["'none'", "'self'"] });

secureHeaders();
secureHeaders({
  csp: { "img-src": ["'self'", "https://images.example"] },
  hsts: { maxAge: "730d", subdomains: true, preload: true },
});
secureHeaders({
  csp: false,
  hsts: false,
  frame: ["https://partner.example"],
  permissions: { camera: [], geolocation: ["self"] },
});
// @ts-expect-error the same rules as for csp()
secureHeaders({ csp: { "default-src": ["self"] } });
// @ts-expect-error no such directive
secureHeaders({ csp: { "img-scr": ["'self'"] } });
// @ts-expect-error no such policy
secureHeaders({ referrer: "never" });
// @ts-expect-error days
secureHeaders({ hsts: { maxAge: "1y" } });

const id = requestId();
createApp({ use: [id] }).mount({
  "GET /": route({ use: [id, cspNonce] }, ({ requestId: text, cspNonce: nonce }): [string, string] => [text, nonce]),
});
