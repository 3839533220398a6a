import type { GraphRoute } from "@openspeed/core";
import type { ComponentType } from "preact";
import type { FaceProps } from "./face-props.ts";
import { HttpFace } from "./http-face.tsx";

/** A way to talk to a route. */
interface Face {
  readonly speaks: (route: GraphRoute) => boolean;
  readonly View: ComponentType<FaceProps>;
}

/** The first that speaks to a route shows it. What knows more of a route than HTTP tells (its metadata says so) stands before the last. */
const faces: readonly Face[] = [{ speaks: () => true, View: HttpFace }];

export function faceOf(route: GraphRoute): ComponentType<FaceProps> {
  return faces.find(({ speaks }) => speaks(route))?.View ?? HttpFace;
}
