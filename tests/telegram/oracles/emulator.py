"""Has our program live on lo-bot-api-emulator, somebody else's server, behind a shim for what the emulator lacks.

    emulator.py PROGRAM

An office is founded and asked in chat; the program is killed with updates waiting, and answers them when it runs again.
"""

import asyncio
import collections
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time

from aiohttp import ClientSession, ClientTimeout, web

TOKEN = "123456:abcdefghijklmnopqrstuvwxyzABCDEFGHI"
LAN = {"id": 501, "is_bot": False, "first_name": "Lan"}
PRIVATE = {"id": 501, "type": "private", "first_name": "Lan"}
GROUP = {"id": -1001234567890, "type": "supergroup", "title": "Nhóm"}
HELP = "/trogiup và tên lệnh"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def listens(port):
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise SystemExit("the emulator does not listen")


class Shim:
    """Forwards. Small letters for methods, fields of getMe, and parameters that the emulator refuses by name."""

    def __init__(self, upstream):
        self.upstream, self.answers = upstream, []

    async def serve(self, port):
        self.session = ClientSession(timeout=ClientTimeout(total=90))
        application = web.Application(client_max_size=60 * 2**20)
        application.router.add_route("*", "/{path:.*}", self.forward)
        # A poll that the bot has dropped is dropped upstream, or the next one would be refused.
        self.runner = web.AppRunner(application, handler_cancellation=True)
        await self.runner.setup()
        await web.TCPSite(self.runner, "127.0.0.1", port).start()

    async def forward(self, request):
        if request.path.startswith("/file/"):
            async with self.session.get(self.upstream + request.path) as response:
                return web.Response(body=await response.read(), status=response.status)
        bot, _, method = request.path.lstrip("/").rpartition("/")
        method = method[:1].lower() + method[1:]
        body = await request.read()
        headers = {"content-type": request.headers.get("content-type", "application/json")}
        asked = {}
        if headers["content-type"].startswith("application/json") and body:
            asked = json.loads(body)
            asked.pop("link_preview_options", None)
            body = json.dumps(asked).encode()
        url = f"{self.upstream}/{bot}/{method}"
        async with self.session.post(url, data=body, headers=headers) as response:
            answer = await response.json(content_type=None)
            if method == "getMe" and answer.get("ok"):
                answer["result"].update(username="giaoban_bot", can_connect_to_business=False, has_main_web_app=False)
            self.answers.append((method, asked, response.status, answer))
            return web.json_response(answer, status=response.status)

    def said(self, part):
        return [a for a in self.answers if a[0].startswith("send") and a[2] == 200 and part in str(a[1].get("text"))]

    def told(self):
        return [(str(asked.get("chat_id")), str(asked.get("text"))) for _, asked, _, _ in self.said("")]


class Scene:
    def __init__(self, program, folder):
        self.program, self.folder, self.number = program, folder, 0

    def start(self, port, more=()):
        environment = dict(
            os.environ,
            **dict(more),
            GIAOBAN_DATABASE=str(self.folder / "giaoban.db"),
            GIAOBAN_TELEGRAM_TOKEN=TOKEN,
            GIAOBAN_TELEGRAM_API_URL=f"http://127.0.0.1:{port}",
        )
        out, log = open(self.folder / "out", "wb"), open(self.folder / "log", "ab")
        return subprocess.Popen([self.program, "run"], cwd=self.folder, env=environment, stdout=out, stderr=log)

    async def inject(self, session, upstream, chat, text):
        self.number += 1
        message = {"message_id": self.number, "date": int(time.time()), "from": LAN, "chat": chat, "text": text}
        told = {"token": TOKEN, "update": {"message": message}}
        async with session.post(f"{upstream}/__fixture/updates", json=told) as answer:
            if answer.status >= 300:
                raise SystemExit(f"not injected: {await answer.text()}")


async def until(what, look, seconds=20):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := look():
            return found
        await asyncio.sleep(0.05)
    raise SystemExit(f"not within {seconds} s: {what}")


def refusals(shim):
    """The calls that the emulator refused because it does not know their method; none may be refused for anything else."""
    refused = [(m, asked, a) for m, asked, status, a in shim.answers if status >= 400 and status != 409]
    unexpected = [r for r in refused if "not implemented" not in str(r[2]).lower() and r[2].get("error_code") != 501]
    if unexpected:
        raise SystemExit(f"refused: {json.dumps(unexpected[:5], ensure_ascii=False)}")
    return refused


async def play(program, folder, emulator_port):
    upstream, port = f"http://127.0.0.1:{emulator_port}", free_port()
    shim, scene = Shim(upstream), Scene(program, folder)
    await shim.serve(port)
    bot = scene.start(port)
    try:
        told = lambda: re.search(r"start=(\S+)", (folder / "out").read_text(errors="replace"))
        code = (await until("the code", told)).group(1)
        await scene.inject(shim.session, upstream, PRIVATE, f"/start {code}")
        await until("Lan is known", lambda: shim.said("chuyên viên"))
        await scene.inject(shim.session, upstream, PRIVATE, "/caidat đơn vị Phòng Suối Ngàn")
        await until("the office has a name", lambda: shim.said("Suối Ngàn"))
        await scene.inject(shim.session, upstream, GROUP, "/nhom@giaoban_bot")
        await until("the group is bound", lambda: shim.said("đã gắn"))
        bot.send_signal(signal.SIGKILL)
        bot.wait()
        before = collections.Counter(shim.told())
        for place in (PRIVATE, GROUP):
            await scene.inject(shim.session, upstream, place, "/trogiup@giaoban_bot")
        bot = scene.start(port)
        await until("what waited is answered", lambda: len(shim.said(HELP)) >= 2)
        await asyncio.sleep(2)
        if len(shim.said(HELP)) != 2:  # both in private: a group is not filled with a list of commands
            raise SystemExit(f"{len(shim.said(HELP))} answers to two questions")
        # The server may have kept a message whose answer the kill cut off: one such message may come again, no other.
        again = collections.Counter(told for told in shim.told() if HELP not in told[1])
        again.subtract(set(again))
        if max(before.values()) > 1 or again.total() > 1 or not (+again).keys() <= before.keys():
            raise SystemExit(f"said twice: {+again}")
        bot.send_signal(signal.SIGTERM)
        if bot.wait(10) != 0:
            raise SystemExit("it did not end well")
        async with shim.session.post(f"{upstream}/bot{TOKEN}/getWebhookInfo") as answer:
            left = (await answer.json())["result"]["pending_update_count"]
        if left:
            raise SystemExit(f"{left} updates wait that were answered")
    finally:
        if bot.poll() is None:
            bot.kill()
        await shim.runner.cleanup()
        await shim.session.close()
    refused = refusals(shim)
    methods = sorted({a[0] for a in shim.answers})
    print(f"lived on the emulator: {', '.join(methods)}; {len(refused)} calls it does not know")


def on_emulator(play):
    """Has the program that is named on the command line play on an emulator of its own."""
    program = str(pathlib.Path(sys.argv[1]).resolve())
    emulator = pathlib.Path(sys.executable).parent / "lo-bot-api-emulator"
    with tempfile.TemporaryDirectory() as folder:
        folder, port = pathlib.Path(folder), free_port()
        command = [emulator, "--port", str(port), "--enable-control", "--journal", folder / "requests.jsonl"]
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            listens(port)
            asyncio.run(play(program, folder, port))
        except SystemExit:
            print((folder / "log").read_text(errors="replace")[-2000:], file=sys.stderr)
            raise
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    on_emulator(play)
