export default function Counter(): string {
  return "0";
}
