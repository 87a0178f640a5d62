"""Has an echo bot of somebody else live on our make-believe Telegram, and looks at what it did there.

    live.py CLIENT… -- SERVER…

CLIENT is the command of the bot, to which address and token are added; SERVER the command that serves and says both.
"""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request

PERSON, GROUP = 501, -1009999000001


class Server:
    def __init__(self, command):
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
        line = next((line for line in self.process.stdout if line.startswith("http://")), "")
        self.address, _, self.token = line.strip().partition(" ")
        if not self.token:
            sys.exit("the server said neither address nor token")

    def tell(self, what, **told):
        request = urllib.request.Request(
            f"{self.address}/control/{what}",
            data=json.dumps(told).encode(),
            headers={"content-type": "application/json"},
        )
        return json.load(urllib.request.urlopen(request, timeout=10))

    def messages(self, chat):
        return self.tell("messages", chat=chat)["messages"]

    def stop(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def until(what, look, seconds=15):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = look()
        if found:
            return found
        time.sleep(0.05)
    raise SystemExit(f"not within {seconds} s: {what}")


def live(server):
    def said(chat, text):
        return [m for m in server.messages(chat) if m["of_bot"] and m["text"] == text]

    server.tell("person", id=PERSON, name="Lan")
    server.tell("group", id=GROUP, title="Nhóm", members=[PERSON], standing="administrator")
    # What was said before the bot came is heard when it comes; each message is answered once.
    for chat in (PERSON, GROUP):
        asked = server.tell("say", chat=chat, **{"from": PERSON}, text="chào ạ 👋")["message"]
        until("an echo", lambda: said(chat, "nghe: chào ạ 👋"), 40)
        until("a reaction", lambda: any(m["id"] == asked and m["reaction"] == "👍" for m in server.messages(chat)))
    server.tell("say", chat=GROUP, **{"from": PERSON}, text="/menu@giaoban_bot")
    menu = until("the menu", lambda: said(GROUP, "thực đơn"))[0]
    press = server.tell("press", chat=GROUP, **{"from": PERSON}, message=menu["id"], data="chon:1")["press"]
    until("the press is answered", lambda: server.tell("press_state", press=press)["said"] == "đã bấm")
    until("the menu is edited", lambda: said(GROUP, "đã chọn"))
    until("everything is confirmed", lambda: server.tell("journal")["waiting"] == 0)
    if len(said(PERSON, "nghe: chào ạ 👋")) != 1:
        raise SystemExit("something was answered twice")
    refused = [c for c in server.tell("journal")["calls"] if c["code"] not in (200, 409)]
    if refused:
        raise SystemExit(f"refused: {json.dumps(refused, ensure_ascii=False)}")
    return {c["method"] for c in server.tell("journal")["calls"]}


def main():
    cut = sys.argv.index("--")
    server = Server(sys.argv[cut + 1 :])
    client = subprocess.Popen([*sys.argv[1:cut], server.address, server.token], stdout=subprocess.DEVNULL)
    try:
        print("lived:", ", ".join(sorted(live(server))))
    finally:
        client.terminate()
        try:
            client.wait(10)
        except subprocess.TimeoutExpired:
            client.kill()
        server.stop()


if __name__ == "__main__":
    main()
