"""Has an echo bot of somebody else live on our make-believe Telegram, and looks at what it did there.

    live.py CLIENT… -- SERVER…

CLIENT is the command of the bot, to which address and token are added; SERVER the command that serves and says both.
"""

import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "emulator"))
from served import until, with_client  # noqa: E402

PERSON, GROUP = 501, -1009999000001


def live(server, _client):
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


if __name__ == "__main__":
    with_client(live)
