"""An echo bot on python-zalo-bot's polling application: echo_zalo_bot.py ADDRESS TOKEN"""

import logging
import sys

from zalo_bot.ext import ApplicationBuilder, MessageHandler, filters

answered = set()


async def echo(update, _context):
    message = update.message
    if message.message_id in answered:
        return
    answered.add(message.message_id)
    await message.reply_action("typing")
    if message.photo_url:
        await message.reply_photo(message.photo_url, "thấy ảnh")
    else:
        await message.reply_text(f"nghe: {message.text or message.message_type}")


def main(address, token):
    logging.disable(logging.ERROR)  # an idle poll that is a status is an error with a traceback to it, and it goes on
    application = ApplicationBuilder().token(token).base_url(address).build()
    application.add_handler(MessageHandler(filters.ALL, echo))
    application.run_polling()


main(*sys.argv[1:])
