/** What the build gives for a file that is imported by its address. */
declare module "*?url" {
  const url: string;
  export default url;
}
