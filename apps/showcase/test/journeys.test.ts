/** What people do, with JavaScript off; and what the islands add with it on. */
import { describe, expect, test } from "vitest";
import type { Page } from "playwright-core";
import { hasChromium, openBrowser } from "@openspeed/chromium";
import { devServer } from "./dev-server.ts";

const browser = openBrowser();
const url = devServer();

async function visit(javaScriptEnabled: boolean, act: (page: Page) => Promise<void>): Promise<void> {
  const context = await browser().newContext({ javaScriptEnabled, baseURL: url() });
  try {
    await act(await context.newPage());
  } finally {
    await context.close();
  }
}

async function become(page: Page, name: string): Promise<void> {
  await page.goto("/");
  await page.locator(".side summary").click();
  await page.locator(".side").getByRole("button", { name }).click();
  await page.locator(".side summary", { hasText: name }).waitFor();
}

describe.skipIf(!hasChromium)("without JavaScript", () => {
  test("one picks a person, filters, opens a ticket, answers it wrongly and rightly, and changes it", () =>
    visit(false, async (page) => {
      await become(page, "Lena Fischer");
      await page
        .getByRole("link", { name: /^Brightline Telecom/ })
        .first()
        .click();
      await page.getByLabel("Solved").check();
      await page.getByLabel("Open", { exact: true }).uncheck();
      await page.getByLabel("Pending").uncheck();
      await page.getByLabel("Assignee").selectOption("Lena Fischer");
      await page.getByRole("button", { name: "Apply" }).click();
      expect(new URL(page.url()).searchParams.getAll("state")).toEqual(["solved"]);
      const rows = page.locator(".tickets > li");
      expect(await rows.count()).toBeGreaterThan(0);
      for (const row of await rows.all()) expect(await row.innerText()).toContain("Lena Fischer");

      await rows.first().getByRole("link").click();
      await page.getByRole("button", { name: "Send", exact: true }).click();
      expect(await page.getByRole("alert").innerText()).toContain("Write something first.");
      await page.getByLabel("Your answer").fill("It works again since this morning. อีเมลถึงแล้ว");
      await page.getByRole("button", { name: "Send", exact: true }).click();
      expect(await page.locator(".message").last().innerText()).toContain("อีเมลถึงแล้ว");

      await page.getByLabel("State").selectOption("closed");
      await page.getByRole("button", { name: "Update" }).click();
      expect(await page.getByRole("status").innerText()).toBe("The ticket was changed.");
      expect(await page.locator(".ticket-title").innerText()).toContain("Closed");
    }));

  test("one writes a ticket, with mistakes first", () =>
    visit(false, async (page) => {
      await become(page, "Emma Clarke");
      await page.goto("/organisations/siam-cycles/tickets");
      await page.getByRole("link", { name: "New ticket" }).click();
      await page.getByLabel("Requester").fill("ada");
      await page.getByLabel("Description").fill("It was silent all week.");
      await page.getByRole("button", { name: "Create ticket" }).click();
      await page.getByRole("alert").getByRole("link", { name: "Title" }).click();
      expect(await page.getByLabel("Description").inputValue()).toBe("It was silent all week.");
      expect(await page.getByLabel("Requester").getAttribute("aria-invalid")).toBe("true");
      await page.getByLabel("Title").fill("The bell is silent");
      await page.getByLabel("Requester").fill("ada@example.com");
      await page.getByRole("button", { name: "Create ticket" }).click();
      expect(await page.getByRole("heading", { level: 1 }).innerText()).toBe("The bell is silent");
    }));

  test("one goes through the settings", () =>
    visit(false, async (page) => {
      await become(page, "Priya Nair");
      await page.getByRole("link", { name: "Settings" }).click();
      await page.getByLabel("Signature").fill("Priya, Northwind");
      await page.getByRole("button", { name: "Save profile" }).click();
      expect(await page.getByRole("status").innerText()).toContain("kept");
      await page.getByRole("link", { name: "Notifications" }).click();
      await page.getByLabel("Summary of what is open").selectOption("daily");
      await page.getByRole("button", { name: "Save notifications" }).click();
      expect(await page.getByLabel("Summary of what is open").inputValue()).toBe("daily");
      await page.getByRole("link", { name: "Profile" }).click();
      expect(await page.getByLabel("Signature").inputValue()).toBe("Priya, Northwind");
    }));
});

describe.skipIf(!hasChromium)("with JavaScript", () => {
  test("keys search, move and begin a ticket; a setting turns them off", () =>
    visit(true, async (page) => {
      await become(page, "Niran Chaiyasit");
      await page.goto("/organisations/siam-cycles/tickets");
      await page.locator(".shortcuts").waitFor();
      await page.keyboard.press("j");
      await page.keyboard.press("j");
      expect(await page.evaluate(() => document.activeElement?.getAttribute("href"))).toBe(
        await page.locator(".tickets .title").nth(1).getAttribute("href"),
      );
      await page.keyboard.press("/");
      expect(await page.evaluate(() => document.activeElement?.id)).toBe("q");
      await page.keyboard.type("n/j");
      expect(await page.locator("#q").inputValue()).toBe("n/j");
      await page.locator("h1:visible").click();
      await page.keyboard.press("n");
      await page.waitForURL("**/tickets/new");

      await page.goto("/settings/profile");
      await page.getByLabel("Keyboard shortcuts").uncheck();
      await page.getByRole("button", { name: "Save profile" }).click();
      await page.getByRole("status").waitFor();
      expect(await page.locator("os-island").count()).toBe(0);
    }));
});
