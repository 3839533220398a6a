/** A component of whichever library renders: it is called by that library alone. */
export type Component = (props: never) => unknown;

export interface RenderOptions {
  /** For inline scripts that the library writes. */
  readonly nonce: string;
  /** Told of what goes wrong after the first chunk. */
  readonly onError: (error: unknown) => void;
  /** Told of every island that is rendered. */
  readonly onIsland: () => void;
}

/** What pages need of a library that renders. */
export interface Renderer {
  readonly name: string;
  /** Whether a component may give a promise of what it shows. Default `false`. */
  readonly awaits?: boolean;
  /** An element of a component or a tag. */
  element(type: Component | string, props: Readonly<Record<string, unknown>>, ...children: readonly unknown[]): unknown;
  /**
   * HTML, escaped, in order. Rejects if nothing could be rendered; the chunks themselves do not fail: what goes wrong later
   * is told to `onError`, and the rest is still well-formed. Whoever needs no more of them returns.
   */
  stream(element: unknown, options: RenderOptions): Promise<AsyncGenerator<string, void>>;
  /** The component wrapped in the element that its client half looks for. */
  island(component: Component, id: string): Component;
}
