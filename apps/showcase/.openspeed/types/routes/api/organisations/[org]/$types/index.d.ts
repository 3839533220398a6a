// Made by OpenSpeed from the folder of routes. Checked in, never edited by hand.
export interface Params {
  readonly org: string;
}
