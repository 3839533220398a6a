import type { Graph, GraphRoute } from "@openspeed/core";
import type { Entry } from "../history/entries.ts";

export interface FaceProps {
  readonly route: GraphRoute;
  readonly graph: Graph;
  readonly root: string;
  /** A request of the history that is to be sent again. */
  readonly replay: Entry | undefined;
  readonly onSent: (entry: Entry) => void;
}
