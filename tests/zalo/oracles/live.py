"""Has an echo bot of somebody else live on our make-believe Zalo, and looks at what it did there: a talk in private and in a
group, updates that come over and over, updates that are lost while nobody polls.

    live.py CLIENT… -- SERVER…
"""

import json
import pathlib
import signal
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "emulator"))
from served import until, with_client  # noqa: E402

PERSON, GROUP = "1a000000000000000001", "zgr-00000000000000000001"


def live(server, client):
    def said(chat, text):
        return [m for m in server.messages(chat) if m["of_bot"] and m["text"] == text]

    def told(message):
        return next((t for t in server.tell("journal")["told"] if t["message"] == message), None)

    def say(text, **more):
        return server.tell("say", chat=GROUP, **{"from": PERSON}, text=text, **more)["message"]

    def write(text, **more):
        return server.tell("write", **{"from": PERSON}, text=text, **more)["message"]

    server.tell("person", id=PERSON, name="Lan")
    assert server.tell("group", id=GROUP, title="Nhóm")["added"]

    # Idle polls end in one way, then in the other, and neither disturbs it.
    server.tell("ways", longest_poll=1, idle="body")
    until("it polls", lambda: server.tell("journal")["polling"], 40)
    write("chào ạ 👋")
    until("an echo", lambda: said(PERSON, "nghe: chào ạ 👋"))
    time.sleep(1.5)
    server.tell("ways", idle="status")
    time.sleep(1.5)

    # In a group it hears what picks it and what quotes it, and nothing else.
    unheard = say("các chị ơi")
    mentioned = say("cả nhà ạ", mention=True)
    assert told(unheard) is None and told(mentioned) is not None
    echo = until("an echo in the group", lambda: said(GROUP, "nghe: @Bot Giao ban cả nhà ạ"))[0]
    say("trích ạ", quote=echo["id"])
    until("an echo of a quote", lambda: said(GROUP, "nghe: trích ạ"))
    # A picture comes with its address, a document with nothing.
    say("xem ạ", kind="photo", mention=True)
    until("a picture is seen", lambda: said(GROUP, "thấy ảnh"))
    write("", kind="document")
    until("a document is heard of", lambda: said(PERSON, "nghe: CHAT_MESSAGE"))

    # What was handed out comes back at every poll: heard many times, answered once.
    server.tell("ways", replays=True)
    message = write("lặp ạ")
    until("an update comes again", lambda: told(message)["times"] >= 3, 20)
    assert len(said(PERSON, "nghe: lặp ạ")) == 1, "answered twice"
    server.tell("ways", replays=False)

    # What is said while nobody polls is gone; what is said after that is heard.
    client.send_signal(signal.SIGSTOP)
    server.tell("ways", loses_after=300)
    until("no poll is open", lambda: not server.tell("journal")["polling"])
    time.sleep(0.5)
    lost = write("có ai không ạ")
    client.send_signal(signal.SIGCONT)
    until("it polls again", lambda: server.tell("journal")["polling"])
    write("còn ai ạ")
    until("an echo after the loss", lambda: said(PERSON, "nghe: còn ai ạ"))
    assert told(lost)["lost"] and told(lost)["times"] == 0 and not said(PERSON, "nghe: có ai không ạ")

    journal = server.tell("journal")
    refused = [c for c in journal["calls"] if c["code"] not in (200, 408) and c["method"] != "getWebhookInfo"]
    on_purpose = [("setWebhook", 400), ("getUpdates", 400)]
    refused = [c for c in refused if (c["method"], c["code"]) not in on_purpose]
    if refused:
        raise SystemExit(f"refused: {json.dumps(refused, ensure_ascii=False)}")
    return {c["method"] for c in journal["calls"]}


if __name__ == "__main__":
    with_client(live)
