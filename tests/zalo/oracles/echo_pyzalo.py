"""An echo bot on PyZALO, which also sets a webhook, is refused a poll beside it and takes it away: echo_pyzalo.py ADDRESS TOKEN"""

import sys
import time

from pyzalo.main import PyZALO


def refused(answer, code):
    assert answer["ok"] is False and answer["error_code"] == code, answer


def main(address, token):
    bot = PyZALO(token, base_url=address)
    assert bot.getMe()["result"]["account_type"] == "BASIC"
    refused(bot.getWebhookInfo(), 404)
    refused(bot.setWebhook("http://127.0.0.1:9/zalo", "short"), 400)
    # Nobody listens there: it is stored all the same.
    told = bot.setWebhook("http://127.0.0.1:9/zalo", "a-secret-of-ours")["result"]
    assert told["verification"]["ok"] is False, told
    assert bot.getWebhookInfo()["result"]["url"].endswith("/zalo")
    assert bot.testWebhook()["result"]["ok"] is False
    refused(bot.getUpdates(timeout=1), 400)
    assert bot.deleteWebhook()["ok"]
    refused(PyZALO("1:wrong", base_url=address).getMe(), 401)
    answered = set()
    while True:
        told = bot.getUpdates(timeout=30)
        if not told["ok"]:
            assert told["error_code"] == 408, told
            continue
        event = told["result"]
        message = event["message"]
        if message["message_id"] not in answered:
            answered.add(message["message_id"])
            chat = message["chat"]["id"]
            bot.sendChatAction(chat)
            if event["event_name"] == "message.image.received":
                bot.sendPhoto(chat, message.get("photo_url") or message["photo"], "thấy ảnh")
            else:
                bot.sendMessage(chat, f"nghe: {message.get('text', 'CHAT_MESSAGE')}")
        time.sleep(0.2)


main(*sys.argv[1:])
