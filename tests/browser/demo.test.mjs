// `giaoban demo` in a real browser: what a newcomer does in the first ten minutes, at a desk and on a phone.
//
// Needs the built program and Chromium; `npm ci` here first. CHROMIUM names another browser, GIAOBAN_DEMO another command
// that prints the address of the page. Screenshots go to target/screenshots.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";

const root = resolve(import.meta.dirname, "../..");
const target = resolve(root, process.env.CARGO_TARGET_DIR ?? "target");
const screenshots = join(root, "target/screenshots");
const DESK = { width: 1280, height: 800 };
const PHONE = { width: 360, height: 740 };
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

let program, browser, address, folder;
/// What the page must never do, by any test: errors in its console, questions to other machines.
const wrongs = [];

before(async () => {
  mkdirSync(screenshots, { recursive: true });
  folder = mkdtempSync(join(tmpdir(), "giaoban-demo-"));
  const command = process.env.GIAOBAN_DEMO ?? join(target, "debug/giaoban");
  program = spawn(command, ["demo", "--port", "0", "--no-open", "--data", join(folder, "demo")], { cwd: folder });
  address = await printedAddress(program);
  browser = await chromium.launch({ executablePath: browserPath(), headless: true, args: FLAGS });
});

after(async () => {
  await browser?.close();
  program?.kill("SIGINT");
  if (program && program.exitCode === null) await new Promise((done) => program.once("exit", done));
  rmSync(folder, { recursive: true, force: true });
});

function browserPath() {
  const places = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
  const found = places.find((place) => place && existsSync(place));
  assert.ok(found, "no Chromium: install it (apt install chromium), or name it in CHROMIUM");
  return found;
}

function printedAddress(process_) {
  return new Promise((found, failed) => {
    let said = "";
    const read = (chunk) => {
      said += chunk;
      const address_ = /http:\/\/(127\.0\.0\.1|localhost):\d+\/?/.exec(said);
      if (address_) found(address_[0]);
    };
    process_.stdout.on("data", read);
    process_.stderr.on("data", (chunk) => (said += chunk));
    process_.on("error", failed);
    process_.on("exit", (code) => failed(new Error(`demo ended with ${code}: ${said}`)));
  });
}

/// A fresh visitor; the first steps are put away unless the visitor is new to it.
async function visit(t, { newcomer = false, ...options } = {}) {
  const context = await browser.newContext({ viewport: DESK, ...options });
  t.after(() => context.close());
  if (!newcomer) await context.addInitScript(() => localStorage.setItem("giaoban-guided", "1"));
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.on("pageerror", (error) => wrongs.push(`${t.name}: ${error}`));
  page.on("console", (line) => line.type() === "error" && !line.text().includes("status of 4") && wrongs.push(`${t.name}: ${line.text()}`));
  page.on("request", (request) => new URL(request.url()).hostname !== new URL(address).hostname && wrongs.push(`${t.name}: asks ${request.url()}`));
  await page.goto(address);
  await page.locator("#groups a").first().waitFor();
  return page;
}

const shot = (page, name) => page.screenshot({ path: join(screenshots, `${name}.png`) });
const group = (page, platform) => page.locator("#groups a", { has: page.locator(".badge", { hasText: platform }) }).first();
const own = (page, text) => page.locator("#messages .message:not(.bot)", { hasText: text }).last();

async function say(page, text) {
  await page.locator("#text").fill(text);
  await page.locator("#send").click();
  await own(page, text).waitFor();
}

/// Goes on until the bot has posted in the open group.
async function botPosts(page) {
  const posts = page.locator("#messages .message.bot");
  for (let step = 0; step < 20 && (await posts.count()) === 0; step += 1) {
    const before_ = await page.locator("#now").textContent();
    await page.locator("#clock-next").click();
    await page.waitForFunction((was) => document.getElementById("now").textContent !== was, before_);
    await page.locator("#clock-next:enabled, #clock-hour:enabled").first().waitFor();
    await page.waitForTimeout(300);
  }
  await posts.first().waitFor();
  return posts;
}

/// A phone's browser zooms out when a page is wider than the screen, so the width of the screen is what counts.
async function fitsItsWidth(page, where) {
  const wide = await page.evaluate((width) => {
    const clipped = (node) => {
      for (let up = node.parentElement; up; up = up.parentElement) {
        if (["auto", "scroll", "hidden"].includes(getComputedStyle(up).overflowX)) return true;
      }
      return false;
    };
    const over = [...document.querySelectorAll("body *")].filter((node) => {
      const box = node.getBoundingClientRect();
      return box.width > 0 && box.right > width + 1 && !clipped(node) && getComputedStyle(node).position !== "absolute";
    });
    const lists = ["messages", "chat", "faults", "guide"].map((id) => document.getElementById(id));
    const scrolls = lists.filter((node) => node.offsetParent && node.scrollWidth > node.clientWidth + 1);
    return [...over, ...scrolls].map((node) => `${node.tagName}#${node.id}.${node.className}`);
  }, page.viewportSize().width);
  assert.deepEqual(wide, [], `${where}: wider than the screen`);
}

test("a newcomer is met by five steps and an open group", async (t) => {
  const page = await visit(t, { newcomer: true });
  assert.equal(await page.locator("#guide li").count(), 5);
  await shot(page, "desk-first-visit");
  await page.locator("#guide [data-close]").click();
  assert.ok(await page.locator("#guide").isHidden());
  assert.ok(await page.locator("#chat-title").textContent());
  await page.reload();
  await page.locator("#groups a").first().waitFor();
  assert.ok(await page.locator("#guide").isHidden(), "the steps are shown once");
});

test("a schedule that was handed in waits for its specialist, who agrees to it", async (t) => {
  const schedule = join(root, "tests/data/schedules/month_table.txt");
  const command = process.env.GIAOBAN_DEMO ?? join(target, "debug/giaoban");
  const own_ = spawn(command, ["demo", "--port", "0", "--no-open", "--schedule", schedule], { cwd: folder });
  t.after(() => own_.kill("SIGINT"));
  const there = await printedAddress(own_);
  const page = await visit(t);
  await page.goto(there);
  const draft = page.locator("#messages .message.bot").last();
  await draft.locator(".keys button").first().click();
  await draft.locator(".keys").waitFor({ state: "detached" });
  await page.locator("#clock-next:enabled").waitFor();
  await shot(page, "desk-schedule");
});

test("a directive goes from its file to the group in a few presses", async (t) => {
  const page = await visit(t);
  await page.locator("#search").fill("chuyen vien");
  const telegram = page.locator(".badge", { hasText: "Telegram" });
  await page.locator("#privates a", { has: telegram }).first().click();
  await page.locator("#file").setInputFiles(join(root, "samples/directive_189.txt"));
  await page.locator("#files li", { hasText: "directive_189" }).waitFor();
  await page.locator("#send").click();
  const draft = page.locator("#messages .message.bot", { hasText: "189/VHXH-GDMN" }).last();
  const key = (label) => page.locator("#messages .message.bot").last().locator(".keys button", { hasText: label }).first();
  await draft.waitFor();
  await shot(page, "desk-directive");
  await key("Xem từng việc").click();
  await key("Về bản soạn").waitFor();
  const first = key(/^1\. /);
  const settled = await first.textContent();
  await first.click();
  await page.waitForFunction(
    (was) => ![...document.querySelectorAll("#messages .message.bot:last-of-type .keys button")].some((b) => b.textContent === was),
    settled,
  );
  await key("Về bản soạn").click();
  await key("Đăng ngay").click();
  await key("Đã xem, vẫn đăng").click();
  await page.locator("#messages .message.bot", { hasText: "đã đăng" }).last().waitFor();
  await page.locator("#search").fill("");
  await group(page, "Telegram").click();
  await page.locator("#messages .message.bot", { hasText: "Rà soát bếp ăn bán trú" }).last().waitFor();
  await shot(page, "desk-directive-posted");
});

test("the clock goes to the next event and the bot posts", async (t) => {
  const page = await visit(t);
  await group(page, "Telegram").click();
  const posts = await botPosts(page);
  assert.equal(await posts.first().locator(".bot-tag").count(), 1);
  assert.match(await page.locator("#now").textContent(), /^\d\d:\d\d · (Thứ|Chủ)[^,]+, \d\d\/\d\d\/\d{4}$/);
  await shot(page, "desk-month");
  await page.reload();
  await posts.first().waitFor();
});

test("a reply to the bot is quoted, heard and answered", async (t) => {
  const page = await visit(t);
  await group(page, "Telegram").click();
  const posts = await botPosts(page);
  await posts.last().locator(".bubble").click({ position: { x: 20, y: 10 } });
  assert.ok(await page.locator("#quoting").isVisible());
  await page.locator("#samples button").first().click();
  const text = await page.locator("#text").inputValue();
  const answered = await page.locator("#messages .message.bot, #messages .mark").count();
  await page.locator("#text").press("Enter");
  await own(page, text).locator(".quoted").waitFor();
  await page.waitForFunction((was) => document.querySelectorAll("#messages .message.bot, #messages .mark").length > was, answered);
  assert.equal(await page.locator("#text").inputValue(), "");
  assert.ok(await page.locator("#quoting").isHidden());
  await shot(page, "desk-reply");
});

test("a button of the bot is answered to who presses it", async (t) => {
  const page = await visit(t);
  await group(page, "Telegram").click();
  await botPosts(page);
  await page.locator("#messages .keys button").first().click();
  await page.locator("#toasts .toast:not(.problem)").waitFor();
  assert.equal(await page.locator("#toasts .problem").count(), 0);
});

test("what a person types stays text", async (t) => {
  const page = await visit(t);
  await group(page, "Telegram").click();
  const text = "<img src=x onerror=\"document.title='hỏng'\"> <b>đậm</b> &amp; {name}";
  await say(page, text);
  assert.equal(await own(page, "onerror").locator(".block").first().textContent(), text);
  assert.notEqual(await page.title(), "hỏng");
});

test("a file is attached, shown and saved as it was", async (t) => {
  const page = await visit(t);
  await group(page, "Telegram").click();
  const name = "Bảng cân đo lần 1 của trường mầm non có tên rất dài.txt";
  await page.locator("#file").setInputFiles({ name, mimeType: "text/plain", buffer: Buffer.from("337 trẻ") });
  await page.locator("#files li", { hasText: "Bảng cân đo" }).waitFor();
  await page.locator("#send").click();
  const link = page.locator("#messages a.file", { hasText: "Bảng cân đo" }).last();
  const [saved] = await Promise.all([page.waitForEvent("download"), link.click()]);
  assert.equal(saved.suggestedFilename(), name);
  assert.equal(readFileSync(await saved.path(), "utf8"), "337 trẻ");
});

test("the bot does not hear a Zalo group unless it is addressed", async (t) => {
  const page = await visit(t);
  await group(page, "Zalo").click();
  assert.match(await page.locator("#hint").textContent(), /@giaoban/);
  await say(page, "cả nhà ăn trưa chưa");
  assert.equal(await own(page, "ăn trưa").locator(".not-heard").count(), 1);
  await page.locator("#samples button").nth(1).click();
  const text = await page.locator("#text").inputValue();
  assert.match(text, /^@giaoban /);
  await page.locator("#send").click();
  await own(page, text).waitFor();
  assert.equal(await own(page, text).locator(".not-heard").count(), 0);
  assert.equal(await page.locator("#messages .keys").count(), 0, "no buttons on this platform");
  await shot(page, "desk-zalo");
});

test("a person is found without accents and talks privately", async (t) => {
  const page = await visit(t);
  const name = await page.locator("#privates a strong").first().textContent();
  const plain = name.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();
  await page.locator("#search").fill(plain);
  assert.ok((await page.locator("#privates a").count()) >= 1);
  await page.locator("#privates a").first().click();
  assert.equal(await page.locator("#chat-title").textContent(), name);
  assert.ok(await page.locator("#person").isDisabled(), "nobody else writes in a private chat");
  const before_ = await page.locator("#messages .message.bot").count();
  await say(page, "/trogiup");
  await page.waitForFunction((was) => document.querySelectorAll("#messages .message.bot").length > was, before_);
  await page.locator("#search").fill("không có ai tên thế này");
  assert.ok(await page.locator("#search-none").isVisible());
});

test("what is said elsewhere is counted as unread", async (t) => {
  const [here, there] = [await visit(t), await visit(t)];
  await group(here, "Telegram").click();
  await group(there, "Zalo").click();
  await say(there, "@giaoban xin chào");
  await group(here, "Zalo").locator(".unread").waitFor();
  await group(here, "Zalo").click();
  await group(here, "Zalo").locator(".unread").waitFor({ state: "detached" });
});

test("an outage is shown, and ends", async (t) => {
  const page = await visit(t);
  await page.locator("#show-faults").click();
  const zalo = page.locator("#fault-platforms fieldset", { hasText: "Zalo" });
  await zalo.locator("input[type=checkbox]").check();
  await page.locator("#notices .problem", { hasText: "Zalo" }).waitFor();
  await zalo.locator("button").first().click();
  await zalo.locator(".left").waitFor();
  await shot(page, "desk-faults");
  await zalo.locator("button").last().click();
  await zalo.locator(".left").waitFor({ state: "detached" });
  await zalo.locator("input[type=checkbox]").uncheck();
  await page.locator("#notices .problem", { hasText: "Zalo" }).waitFor({ state: "detached" });
});

test("a restart of the bot leaves the page as it was", async (t) => {
  const page = await visit(t);
  await group(page, "Telegram").click();
  const before_ = await page.locator("#messages .message").count();
  await page.locator("#show-faults").click();
  await page.locator("#restart").click();
  await page.locator("#toasts .toast:not(.problem)").waitFor();
  assert.ok((await page.locator("#messages .message").count()) >= before_);
  await page.locator("#faults [data-close]").click();
  await say(page, "/viec");
});

test("a move over months shows how far it is and can be stopped", async (t) => {
  const page = await visit(t);
  const before_ = await page.locator("#now").getAttribute("datetime");
  await page.locator("#clock-pick").click();
  await page.locator("#clock-at").fill("2027-06-30T08:00");
  await page.locator("#clock-form button").click();
  await page.locator("#moving").waitFor();
  await shot(page, "desk-moving");
  await page.locator("#clock-stop").click();
  await page.locator("#moving").waitFor({ state: "hidden" });
  const now = await page.locator("#now").getAttribute("datetime");
  assert.ok(now > before_ && now < "2027-06-30T01:00", `${before_} → ${now}`);
  await page.locator("#clock-pick").click();
  await page.locator("#clock-at").evaluate((field) => field.removeAttribute("min"));
  await page.locator("#clock-at").fill("2026-09-01T08:00");
  await page.locator("#clock-form button").click();
  await page.locator("#toasts .problem").waitFor();
});

test("a phone goes from the list to a chat and back", async (t) => {
  const page = await visit(t, { viewport: PHONE, hasTouch: true, isMobile: true, newcomer: true });
  await shot(page, "phone-first-visit");
  await fitsItsWidth(page, "first steps");
  await page.locator("#guide [data-close]").click();
  assert.ok(await page.locator("#chat").isHidden());
  await shot(page, "phone-list");
  await fitsItsWidth(page, "list");
  await group(page, "Telegram").tap();
  await page.locator("#chat").waitFor();
  assert.ok(await page.locator(".list").isHidden());
  const longest = await page.locator("#person option").evaluateAll((all) => all.sort((a, b) => b.label.length - a.label.length)[0].value);
  await page.locator("#person").selectOption(longest);
  await say(page, "Dạđâylàmộttừrấtdàikhôngcódấucáchđểxemtrangcóbịtrànrangoàimànhìnhđiệnthoạihaykhông");
  await shot(page, "phone-chat");
  await fitsItsWidth(page, "chat");
  await page.goBack();
  await page.locator(".list").waitFor();
  await page.locator("#show-faults").tap();
  await shot(page, "phone-faults");
  await fitsItsWidth(page, "failures");
});

test("a form is filled in on a phone", async (t) => {
  const state = async () => (await fetch(`${address}api/state`)).json();
  const people = (await state()).people;
  const person = people.find((p) => p.role === "school").key;
  const body = JSON.stringify({ person, chat: { platform: "sim-telegram", id: person }, text: "gửi em link" });
  await fetch(`${address}api/say`, { method: "POST", headers: { "content-type": "application/json" }, body });
  let link;
  for (let tries = 0; !link && tries < 300; tries += 1) {
    link = /http:[^ "]+\/bieu\/[0-9a-f-]+/.exec(JSON.stringify(await state()))?.[0];
    if (!link) await new Promise((done) => setTimeout(done, 100));
  }
  assert.ok(link, "the bot gave no link");
  const context = await browser.newContext({ viewport: PHONE, javaScriptEnabled: false });
  t.after(() => context.close());
  const page = await context.newPage();
  page.on("request", (request) => assert.ok(request.url().startsWith(address), request.url()));
  await page.goto(link);
  await page.screenshot({ path: join(screenshots, "form-phone.png"), fullPage: true });
  const box = await page.locator("main").boundingBox();
  assert.ok(box.width <= PHONE.width, "the page is wider than the phone");
  for (const input of await page.locator("input, button").all()) {
    assert.ok((await input.boundingBox()).height >= 44, "too small for a thumb");
  }
  await page.getByLabel("tổng số trẻ").fill("198");
  await page.getByLabel("cân đo").fill("205");
  for (const name of ["nhẹ cân", "thấp còi", "béo phì"]) await page.getByLabel(name).fill("3");
  await page.getByRole("button").click();
  assert.ok(await page.locator("[role=alert]").isVisible());
  assert.ok((await page.locator(".wrong").count()) >= 1);
  await page.screenshot({ path: join(screenshots, "form-phone-wrong.png"), fullPage: true });
  await page.getByLabel("cân đo").fill("195");
  await page.getByRole("button").click();
  assert.match(await page.locator(".stored").innerText(), /198 trẻ, cân đo 195/);
});

test("an officer makes a form on a phone, without JavaScript", async (t) => {
  const state = async () => (await fetch(`${address}api/state`)).json();
  const officer = (await state()).people.find((p) => p.role === "office").key;
  const say = async (text) => {
    const body = JSON.stringify({ person: officer, chat: { platform: "sim-telegram", id: officer }, text });
    await fetch(`${address}api/say`, { method: "POST", headers: { "content-type": "application/json" }, body });
  };
  const heard = async (pattern) => {
    for (let tries = 0; tries < 300; tries += 1) {
      const found = pattern.exec(JSON.stringify(await state()));
      if (found) return found;
      await new Promise((done) => setTimeout(done, 100));
    }
    assert.fail(`the bot never said ${pattern}`);
  };
  await say("/giao Khám sức khỏe đợt 1; hạn 20/10/2026");
  const code = (await heard(/(V\d+) Khám sức khỏe đợt 1/))[1];
  await say(`/bieu ${code}`);
  const link = (await heard(new RegExp(`http:[^ "]+/soan/[0-9a-f-]+/${code}`)))[0];
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, javaScriptEnabled: false });
  t.after(() => context.close());
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.on("request", (request) => assert.ok(request.url().startsWith(address), request.url()));
  const fits = async (where) => {
    const box = await page.locator("main").boundingBox();
    assert.ok(box.width <= 390, where);
    for (const input of await page.locator("input:not([type=hidden], [type=checkbox]), select, textarea, button:not(.away)").all()) {
      if (!(await input.isVisible())) continue;
      const size = await input.boundingBox();
      assert.ok(size.height >= 44, `${where}: too small for a thumb: ${await input.evaluate((node) => node.outerHTML)}`);
      assert.ok(size.x >= 0 && size.x + size.width <= 390, `${where}: wider than the phone`);
    }
    const unnamed = await page
      .locator("input:not([type=hidden]), select, textarea")
      .evaluateAll((nodes) => nodes.filter((node) => !node.labels?.length).map((node) => node.outerHTML));
    assert.deepEqual(unnamed, [], `${where}: without a label`);
  };
  await page.goto(link);
  await page.screenshot({ path: join(screenshots, "design-empty.png"), fullPage: true });
  await fits("empty");

  // Two fields, and a rule about one that is not there.
  const field = (number) => page.getByRole("group", { name: `Chỉ tiêu ${number}` });
  await field(1).getByLabel("Tên chỉ tiêu").fill("tổng số trẻ");
  await field(1).getByLabel("Đơn vị").fill("trẻ");
  await page.getByRole("button", { name: "Thêm chỉ tiêu" }).click();
  await field(2).getByLabel("Tên chỉ tiêu").fill("trẻ được khám");
  await page.getByRole("button", { name: "Thêm chỉ tiêu" }).click();
  await field(3).getByLabel("Tên chỉ tiêu").fill("tỷ lệ khám");
  await page.getByRole("button", { name: "Thêm chỉ tiêu" }).click();
  await field(4).getByLabel("Tên chỉ tiêu").fill("nơi khám");
  await field(4).getByLabel("Loại").selectOption({ label: "chọn một" });
  await field(4).locator("summary").click();
  await field(4).getByLabel("Các lựa chọn").fill("trạm y tế");
  await page.getByLabel("Điều kiện giữa các chỉ tiêu").fill("trẻ được khám <= tổng số trẻ\ntỷ lệ khám = trẻ được khám / tổng số trẻ\nnếu trẻ bệnh > 0 thì nơi khám");
  await page.getByRole("button", { name: "Lưu" }).click();
  const alert = page.getByRole("alert");
  assert.match(await alert.innerText(), /nơi khám: ghi ít nhất hai lựa chọn/);
  await page.screenshot({ path: join(screenshots, "design-wrong.png"), fullPage: true });
  await fits("wrong");
  await field(4).getByLabel("Các lựa chọn").fill("trạm y tế / bệnh viện");
  await page.getByRole("button", { name: "Xem trước" }).click();
  assert.match(await alert.innerText(), /“nếu trẻ bệnh > 0 thì nơi khám”: “trẻ bệnh” không phải chỉ tiêu/);
  await page.getByLabel("Điều kiện giữa các chỉ tiêu").fill("trẻ được khám <= tổng số trẻ\ntỷ lệ khám = trẻ được khám / tổng số trẻ\nnếu trẻ được khám > 0 thì nơi khám");
  await page.getByLabel("Thử trả lời").fill("tổng 198, trẻ được khám 205, tỷ lệ khám 97%");
  await page.getByRole("button", { name: "Xem trước" }).click();
  const looked = page.locator(".looked");
  assert.match(await looked.innerText(), /tổng số trẻ \(trẻ, so với sổ trường\)[^]*tỷ lệ khám = trẻ được khám \/ tổng số trẻ/);
  assert.match(await looked.innerText(), new RegExp(`${code} tổng số trẻ 320`), "what schools are shown");
  assert.match(await looked.innerText(), /205 lớn hơn tổng số trẻ 198/, "an answer is tried");
  await page.screenshot({ path: join(screenshots, "design-looked.png"), fullPage: true });
  await fits("looked");
  await page.getByRole("button", { name: "Lưu" }).click();
  assert.match(await page.locator(".stored").innerText(), new RegExp(`Đã lưu biểu của ${code}`));
  await heard(new RegExp(`${code} Khám sức khỏe đợt 1[^"]*gửi: tổng số trẻ, trẻ được khám, tỷ lệ khám, nơi khám`));

  // The list of tasks, and a ready form for another.
  await page.getByRole("link", { name: "Tất cả các việc" }).click();
  assert.match(await page.locator(".tasks").innerText(), new RegExp(`${code} Khám sức khỏe đợt 1[^]*4 chỉ tiêu`));
  await page.screenshot({ path: join(screenshots, "design-list.png"), fullPage: true });
  await page.locator(".tasks a", { hasText: code }).click();
  await page.locator("summary", { hasText: "Bắt đầu từ biểu có sẵn" }).click();
  await page.getByLabel("Biểu có sẵn").selectOption({ label: "Sĩ số hằng ngày" });
  await page.getByRole("button", { name: "Lấy biểu này" }).click();
  assert.equal(await page.locator("fieldset").count(), 5);
  await page.getByRole("button", { name: "Bỏ chỉ tiêu này – Chỉ tiêu 5" }).click();
  assert.equal(await page.locator("fieldset").count(), 4);
  await page.getByRole("button", { name: "Xem trước" }).click();
  assert.match(await alert.innerText(), /“trẻ ăn bán trú” không phải chỉ tiêu/, "its rule is still there");

  // A draft that is posted and answered: whoever changes it then sees what becomes of the answers.
  await say(`/dang ${code}`);
  await heard(new RegExp(`${code} đã đăng ở`));
  const school = (await state()).people.find((p) => p.role === "school").key;
  const body = JSON.stringify({
    person: school,
    chat: { platform: "sim-telegram", id: school },
    text: `${code} tổng số trẻ 198, trẻ được khám 99, tỷ lệ khám 50%, nơi khám trạm y tế`,
  });
  await fetch(`${address}api/say`, { method: "POST", headers: { "content-type": "application/json" }, body });
  await heard(/trẻ được khám 99, tỷ lệ khám 50%|198[^"]*Xác nhận|198[^"]*đúng/);
  await page.goto(link);
  await field(2).getByLabel("Tên chỉ tiêu").fill("trẻ đã khám");
  await page.getByRole("button", { name: "Bỏ chỉ tiêu này – Chỉ tiêu 4" }).click();
  await page.getByLabel("Điều kiện giữa các chỉ tiêu").fill("trẻ đã khám <= tổng số trẻ");
  await page.getByRole("button", { name: "Lưu" }).click();
  assert.match(await alert.innerText(), /xem phần dưới rồi bấm Lưu lần nữa/);
  const changes = await page.locator(".changes").innerText();
  assert.match(changes, /“trẻ được khám” đổi tên thành “trẻ đã khám”: số đã gửi chuyển theo/);
  assert.match(changes, /Không hỏi “nơi khám” nữa/);
  await page.screenshot({ path: join(screenshots, "design-answered.png"), fullPage: true });
  await fits("answered");
  await page.getByRole("button", { name: "Lưu" }).click();
  assert.match(await page.locator(".stored").innerText(), /Từ nay trường trả lời theo biểu này/);
});

test("everything has a name for a screen reader, in both languages and in the dark", async (t) => {
  const page = await visit(t, { colorScheme: "dark" });
  await group(page, "Telegram").click();
  await page.locator("#show-faults").click();
  for (const [language, word] of [["vi", "Đến việc kế tiếp"], ["en", "To the next event"]]) {
    await page.locator("#clock-next", { hasText: word }).waitFor();
    assert.equal(await page.locator("html").getAttribute("lang"), language);
    const nameless = await page.locator("button, a, input, select, textarea, progress, nav, section[data-word-label]").evaluateAll((all) =>
      all
        .filter((node) => node.checkVisibility())
        .filter((node) => !node.getAttribute("aria-label") && !node.textContent.trim() && !node.labels?.[0]?.textContent.trim())
        .map((node) => node.outerHTML.slice(0, 120)),
    );
    assert.deepEqual(nameless, []);
    const left = await page.locator("body").innerText();
    assert.doesNotMatch(left, /demo-[a-z]|No localization/);
    await shot(page, `desk-dark-${language}`);
    await page.locator("#language").click();
  }
});

test("the keyboard alone is enough", async (t) => {
  const page = await visit(t);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.locator("#text").focus();
  await page.keyboard.type("em chào cả nhà");
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.type("dòng hai");
  await page.keyboard.press("Enter");
  await own(page, "dòng hai").waitFor();
  await page.locator("#show-guide").focus();
  await page.keyboard.press("Enter");
  assert.ok(await page.locator("#guide").isVisible());
  await page.keyboard.press("Escape");
  assert.ok(await page.locator("#guide").isHidden());
  assert.equal(await page.evaluate(() => document.activeElement.id), "show-guide");
});

test("the page is honest when the program is away", async (t) => {
  const [page, other] = [await visit(t), await visit(t)];
  await page.route("**/api/**", (question) => question.abort("connectionrefused"));
  await page.locator("#clock-hour").click();
  await page.locator("#toasts .problem").waitFor();
  await group(other, "Telegram").click();
  await say(other, "trang kia còn nối");
  await page.locator("#notices .problem").waitFor();
  await page.unroute("**/api/**");
  await page.locator("#notices .problem").waitFor({ state: "detached" });
});

test("no page had an error or asked another machine", () => {
  assert.deepEqual(wrongs.filter((line) => !line.includes("ERR_CONNECTION_REFUSED")), []);
});
