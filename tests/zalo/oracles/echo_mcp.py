"""An echo bot on the client of zalo-bot-mcp, which reads texts only: echo_mcp.py ADDRESS TOKEN"""

import asyncio
import sys

from zalo_bot_mcp import zalo_api


async def main(address, token):
    zalo_api.BASE_URL = address
    api = zalo_api.ZaloBotApi(token)
    assert (await api.get_me())["can_join_groups"]
    assert await api.get_webhook_info() is None
    answered = set()
    while True:
        result = await api.get_updates()
        message = zalo_api.parse_update(result)
        if message is None and result is not None and result["message"]["message_id"] not in answered:
            # It knows texts; of everything else it sees that something came.
            answered.add(result["message"]["message_id"])
            chat = result["message"]["chat"]["id"]
            await api.send_message(chat, "thấy ảnh" if "image" in result["event_name"] else "nghe: CHAT_MESSAGE")
        elif message is not None and message.message_id not in answered:
            answered.add(message.message_id)
            await api.send_chat_action(message.chat_id)
            await api.send_message(message.chat_id, f"nghe: {message.text}", parse_mode="markdown")
        await asyncio.sleep(0.2)


asyncio.run(main(*sys.argv[1:]))
