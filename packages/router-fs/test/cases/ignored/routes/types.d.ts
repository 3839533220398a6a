export interface T {
  readonly a: 1;
}
