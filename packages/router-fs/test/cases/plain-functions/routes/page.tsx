export default function Home(): string {
  return "home";
}
