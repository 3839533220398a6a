// Made by OpenSpeed from the folder of routes. Checked in, never edited by hand.
import type { PageGet, PagePost } from "@openspeed/pages";

export interface Api {
  "GET /admin/imports": PageGet<typeof import("../routes/(admin)/admin/imports/page.tsx").default>;
  "GET /admin/organisations": PageGet<typeof import("../routes/(admin)/admin/organisations/page.tsx").default>;
  "POST /admin/organisations": PagePost<typeof import("../routes/(admin)/admin/organisations/page.tsx").default>;
  "GET /admin": PageGet<typeof import("../routes/(admin)/admin/page.tsx").default>;
  "GET /admin/people": PageGet<typeof import("../routes/(admin)/admin/people/page.tsx").default>;
  "POST /admin/people": PagePost<typeof import("../routes/(admin)/admin/people/page.tsx").default>;
  "GET /organisations/:org/tickets/new": PageGet<typeof import("../routes/(desk)/(members)/organisations/[org]/tickets/new/page.tsx").default>;
  "POST /organisations/:org/tickets/new": PagePost<typeof import("../routes/(desk)/(members)/organisations/[org]/tickets/new/page.tsx").default>;
  "GET /settings": typeof import("../routes/(desk)/(members)/settings/index.ts").GET;
  "GET /settings/notifications": PageGet<typeof import("../routes/(desk)/(members)/settings/notifications/page.tsx").default>;
  "POST /settings/notifications": PagePost<typeof import("../routes/(desk)/(members)/settings/notifications/page.tsx").default>;
  "GET /settings/organisation": PageGet<typeof import("../routes/(desk)/(members)/settings/organisation/page.tsx").default>;
  "POST /settings/organisation": PagePost<typeof import("../routes/(desk)/(members)/settings/organisation/page.tsx").default>;
  "GET /settings/profile": PageGet<typeof import("../routes/(desk)/(members)/settings/profile/page.tsx").default>;
  "POST /settings/profile": PagePost<typeof import("../routes/(desk)/(members)/settings/profile/page.tsx").default>;
  "GET /organisations/:org": typeof import("../routes/(desk)/(open)/organisations/[org]/index.ts").GET;
  "GET /organisations/:org/tickets/:number": PageGet<typeof import("../routes/(desk)/(open)/organisations/[org]/tickets/[number=int]/page.tsx").default>;
  "POST /organisations/:org/tickets/:number": PagePost<typeof import("../routes/(desk)/(open)/organisations/[org]/tickets/[number=int]/page.tsx").default>;
  "GET /organisations/:org/tickets": PageGet<typeof import("../routes/(desk)/(open)/organisations/[org]/tickets/page.tsx").default>;
  "GET /organisations": typeof import("../routes/(desk)/(open)/organisations/index.ts").GET;
  "GET /": PageGet<typeof import("../routes/(desk)/(open)/page.tsx").default>;
  "GET /person": PageGet<typeof import("../routes/(desk)/(open)/person/page.tsx").default>;
  "POST /person": PagePost<typeof import("../routes/(desk)/(open)/person/page.tsx").default>;
  "GET /api": typeof import("../routes/api/index.ts").GET;
  "GET /api/organisations/:org": typeof import("../routes/api/organisations/[org]/index.ts").GET;
  "GET /api/organisations/:org/tickets/export": typeof import("../routes/api/organisations/[org]/tickets/export.ts").GET;
  "POST /api/organisations/:org/tickets/import": typeof import("../routes/api/organisations/[org]/tickets/import.ts").POST;
  "GET /api/organisations/:org/tickets": typeof import("../routes/api/organisations/[org]/tickets/index.ts").GET;
  "POST /api/organisations/:org/tickets": typeof import("../routes/api/organisations/[org]/tickets/index.ts").POST;
  "GET /api/organisations": typeof import("../routes/api/organisations/index.ts").GET;
  "POST /api/organisations": typeof import("../routes/api/organisations/index.ts").POST;
  "GET /api/tickets/:id/comments": typeof import("../routes/api/tickets/[id]/comments.ts").GET;
  "POST /api/tickets/:id/comments": typeof import("../routes/api/tickets/[id]/comments.ts").POST;
  "GET /api/tickets/:id": typeof import("../routes/api/tickets/[id]/index.ts").GET;
  "PATCH /api/tickets/:id": typeof import("../routes/api/tickets/[id]/index.ts").PATCH;
  "DELETE /api/tickets/:id": typeof import("../routes/api/tickets/[id]/index.ts").DELETE;
}
