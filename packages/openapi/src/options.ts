import type { GraphRoute, Use } from "@openspeed/core";

/** Which edition of the specification a document follows. */
export type Edition = "3.1" | "3.2";

/** What a graph cannot say about an API. Names are those of the specification (OpenAPI 3.1 §4.8). */
export interface DocumentOptions {
  readonly title: string;
  /** Of the API, not of OpenAPI. Default `"0.0.0"`. */
  readonly version?: string;
  readonly summary?: string;
  /** CommonMark. */
  readonly description?: string;
  readonly termsOfService?: string;
  readonly contact?: { readonly name?: string; readonly url?: string; readonly email?: string };
  readonly license?: { readonly name: string; readonly identifier?: string; readonly url?: string };
  /** Default: the place that the document came from. */
  readonly servers?: readonly { readonly url: string; readonly description?: string }[];
  /** In the order in which a reader should see them; tags that only routes name follow. */
  readonly tags?: readonly { readonly name: string; readonly description?: string }[];
  readonly externalDocs?: { readonly url: string; readonly description?: string };
  /** Default `"3.1"`. `"3.2"` describes the items of streams. */
  readonly openapi?: Edition;
  /** Which routes are in it. Default: all but those that say `operation({ hidden: true })`. */
  readonly include?: (route: GraphRoute) => boolean;
  /** What the API sends to others, by name: the graph of an app whose routes stand for the receivers (§4.8.1). */
  readonly webhooks?: readonly GraphRoute[];
}

export interface OpenApiOptions extends Omit<DocumentOptions, "webhooks"> {
  /** Where the documents are: `PATH.json` and `PATH.yaml`. Default `"/openapi"`. */
  readonly path?: string;
  /** Who may read them. Default: anyone. */
  readonly use?: readonly Use[];
}
