export default async ({ children }: { readonly children: unknown }) => children;
