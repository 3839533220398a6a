export const GET = (): string => "a function is no route";
