import { layout } from "@openspeed/pages";
import { Done } from "../../../../src/ui/notice.tsx";
import { Tabs } from "../../../../src/ui/tabs.tsx";

const tabs = [
  { href: "/settings/profile", label: "Profile" },
  { href: "/settings/notifications", label: "Notifications" },
  { href: "/settings/organisation", label: "Organisation" },
];

export default layout({ head: { titleTemplate: "%s · Settings · Desk" } }, ({ children, url }) => (
  <div class="stack narrow">
    <h1>Settings</h1>
    <Tabs label="Settings" tabs={tabs} url={url} />
    {url.searchParams.has("saved") ? <Done>What you changed is kept.</Done> : null}
    {children}
  </div>
));
