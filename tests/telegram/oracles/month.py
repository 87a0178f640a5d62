"""Plays a month of an office on lo-bot-api-emulator: founded in chat, posted, answered, reminded, told whom to call.

    month.py PROGRAM

The program lives in a time of its own, as in the tests of the repository: the library that moves its clock is built from theirs.
"""

import datetime
import json
import pathlib
import re
import signal
import subprocess
import time

from aiohttp import FormData
from emulator import GROUP, LAN, PRIVATE, TOKEN, Scene, Shim, free_port, on_emulator, refusals, until

ROOT = pathlib.Path(__file__).resolve().parents[3]
SCHOOLS = [("Hoa Sen", 601), ("Hoa Mai", 602), ("Sơn Ca", 603), ("Bình Minh", 604)]


class Month(Scene):
    """The program, moved through time, and what people say to it."""

    shift, bot = 0, None

    def __init__(self, program, folder, upstream, shim):
        super().__init__(program, folder)
        self.upstream, self.shim, self.presses, self.number = upstream, shim, 0, 100_000
        self.clock = folder / "clock.so"
        source = ROOT / "tests/emulator/clock.c"
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", self.clock, source], check=True)

    def travel(self, port, to):
        """Stops the program and starts it at that moment."""
        if self.shift:
            self.bot.send_signal(signal.SIGTERM)
            if self.bot.wait(12) != 0:
                raise SystemExit("it did not end well")
        at = datetime.datetime.fromisoformat(f"{to}:00+07:00").timestamp()
        self.shift = int(at - time.time())
        self.bot = self.start(port, {"LD_PRELOAD": str(self.clock), "CLOCK_SHIFT": str(self.shift)})

    async def tell(self, update):
        told = {"token": TOKEN, "update": update}
        async with self.shim.session.post(f"{self.upstream}/__fixture/updates", json=told) as answer:
            if answer.status >= 300:
                raise SystemExit(f"not injected: {await answer.text()}")

    async def say(self, who, chat, text=None, **more):
        self.number += 1
        message = {"message_id": self.number, "date": int(time.time()) + self.shift, "from": who, "chat": chat, **more}
        if text:
            message["text"] = text
        await self.tell({"message": message})

    async def press(self, who, chat, sent, label):
        self.presses += 1
        _, asked, _, answer = sent
        rows = asked["reply_markup"]["inline_keyboard"]
        data = next(b["callback_data"] for row in rows for b in row if label in b["text"])
        message = {"message_id": answer["result"]["message_id"], "date": 1, "chat": chat, "text": "…"}
        query = {"id": str(self.presses), "from": who, "message": message, "chat_instance": "1", "data": data}
        await self.tell({"callback_query": query})
        answered = lambda: [c for c in self.shim.answers if str(c[1].get("callback_query_id")) == query["id"]]
        await until(f"the press of {label} is answered", answered)

    async def heard(self, what, part, chat=None, after=0, seconds=40):
        """The first message of the bot with these words in this chat behind so many calls."""
        fits = lambda call: chat is None or str(call[1].get("chat_id")) == str(chat["id"])
        look = lambda: next((c for c in self.shim.answers[after:] if c[0].startswith(("send", "edit")) and c[2] == 200
                             and part in str(c[1].get("text", "")) + str(c[1].get("caption", "")) and fits(c)), None)
        return await until(what, look, seconds)

    async def upload(self, name, content):
        """A file that the emulator will hand out again."""
        form = FormData()
        form.add_field("chat_id", str(LAN["id"]))
        form.add_field("document", content, filename=name)
        async with self.shim.session.post(f"{self.upstream}/bot{TOKEN}/sendDocument", data=form) as answer:
            document = (await answer.json())["result"]["document"]
        return {"file_id": document["file_id"], "file_unique_id": name, "file_name": name, "file_size": len(content)}


def principal(number):
    who = {"id": number, "is_bot": False, "first_name": f"Người {number}"}
    return who, {"id": number, "type": "private", "first_name": who["first_name"]}


async def found(month, folder):
    told = lambda: re.search(r"start=(\S+)", (folder / "out").read_text(errors="replace"))
    await month.say(LAN, PRIVATE, f"/start {(await until('the code', told)).group(1)}")
    await month.heard("Lan is known", "chuyên viên")
    lines = ["Mã trường;Tên trường;Loại hình;Thôn;Cụm;Hiệu trưởng / Chủ cơ sở;Điện thoại;Tên khác"]
    lines += [f"MN{n:03};Trường Mầm non {name};Công lập;Khe Lim;Cụm 1;;;" for n, (name, _) in enumerate(SCHOOLS)]
    register = await month.upload("so-truong.csv", "\n".join(lines).encode())
    await month.say(LAN, PRIVATE, document=register)
    await month.heard("the schools are added", "thêm 4")
    await month.say(LAN, PRIVATE, "/caidat đơn vị Phòng Văn hóa - Xã hội xã Suối Ngàn")
    await month.heard("the office has a name", "Suối Ngàn")
    await month.say(LAN, GROUP, "/nhom@giaoban_bot")
    await month.heard("the group is bound", "đã gắn")
    await month.say(LAN, PRIVATE, "/ma tất cả")
    codes = (await month.heard("the codes", "start="))[1]["text"]
    for name, number in SCHOOLS:
        line = next(line for line in codes.splitlines() if f"MN {name}" in line)
        who, chat = principal(number)
        await month.say(who, chat, "/start " + line.partition("start=")[2].strip())
        await month.heard(f"{name} is known", "Đã ghi nhận", chat)


async def play(program, folder, emulator_port):
    upstream, port = f"http://127.0.0.1:{emulator_port}", free_port()
    shim = Shim(upstream)
    await shim.serve(port)
    month = Month(program, folder, upstream, shim)
    (sen, in_sen), (mai, in_mai), (ca, in_ca) = (principal(number) for _, number in SCHOOLS[:3])
    try:
        month.travel(port, "2026-09-28T09:00")
        await found(month, folder)
        plan = await month.upload("lich.txt", (ROOT / "samples/schedule_2026_2027.txt").read_bytes())
        await month.say(LAN, PRIVATE, document=plan)
        await month.heard("the plan is read", "Tháng 10/2026", PRIVATE)
        with_buttons = lambda: next((c for c in shim.answers if "Dùng lịch này" in json.dumps(c[1], ensure_ascii=False)), None)
        await month.press(LAN, PRIVATE, await until("it can be agreed to", with_buttons), "Dùng lịch này")

        month.travel(port, "2026-10-01T08:00")
        await month.heard("the month is posted", "THÁNG 10/2026", GROUP)
        giao = "/giao Báo cáo trẻ 5 tuổi; hạn 16h 08/10; biểu: tổng số trẻ 5 tuổi, đã ra lớp <= tổng số trẻ 5 tuổi"
        await month.say(LAN, PRIVATE, giao)
        draft = await month.heard("a task is drafted", "Bản soạn", PRIVATE)
        code = re.search(r"Bản soạn (V\d+)", draft[1]["text"]).group(1)
        await month.press(LAN, PRIVATE, draft, "Đăng")
        post = await month.heard("the task is posted", "VIỆC MỚI", GROUP)
        await month.press(mai, GROUP, post, "Đã nhận")
        bot = {"id": int(TOKEN.split(":")[0]), "is_bot": True, "first_name": "giaoban", "username": "giaoban_bot"}
        quoted = {"message_id": post[3]["result"]["message_id"], "date": 1, "chat": GROUP, "from": bot, "text": "…"}
        await month.say(sen, GROUP, "trẻ 5 tuổi 60, ra lớp 58", reply_to_message=quoted)
        await month.heard("the answer is read back", "đã ra lớp 58", GROUP)
        await month.say(ca, GROUP, "trẻ 5 tuổi 40, ra lớp 45", reply_to_message=quoted)
        await month.heard("the odd figure is asked about in private", "45", in_ca)
        await month.say(ca, in_ca, "đã ra lớp 39")
        await month.heard("the right figure is read back", "đã ra lớp 39", in_ca)

        before = len(shim.answers)
        month.travel(port, "2026-10-07T14:00")
        await month.heard("who is missing is reminded", "sắp hết hạn", in_mai, before, 90)
        for chat, name in ((in_sen, "Hoa Sen"), (in_ca, "Sơn Ca")):
            if any(str(c[1].get("chat_id")) == str(chat["id"]) and "sắp hết hạn" in str(c[1].get("text")) for c in shim.answers[before:]):
                raise SystemExit(f"{name} has answered and is reminded")
        await month.say(mai, in_mai, f"{code} cho em xin lùi đến thứ Hai")
        wish = await month.heard("the wish reaches the specialist", "xin lùi", PRIVATE)
        await month.press(LAN, PRIVATE, wish, "Đồng ý")
        await month.heard("she may have more time", "gia hạn", in_mai)
        await month.say(LAN, PRIVATE, f"/tinhhinh {code}")
        await month.heard("the count", "2/4", PRIVATE)

        before = len(shim.answers)
        month.travel(port, "2026-10-16T14:00")
        await month.heard("the group is reminded", "Hạn sắp hết", GROUP, before, 90)
        before = len(shim.answers)
        month.travel(port, "2026-10-19T08:00")
        await month.heard("the specialist knows whom to call", "Danh sách cần gọi", PRIVATE, before, 90)
        month.bot.send_signal(signal.SIGINT)
        if month.bot.wait(12) != 0:
            raise SystemExit("it did not end well on SIGINT")
    finally:
        if month.bot and month.bot.poll() is None:
            month.bot.kill()
        await shim.runner.cleanup()
        await shim.session.close()
    refused = refusals(shim)
    print(f"a month on the emulator: {len(shim.answers)} calls, {len(refused)} that it does not know")


if __name__ == "__main__":
    on_emulator(play)
