"""An echo bot on python-telegram-bot: echo_ptb.py ADDRESS TOKEN"""

import sys

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, MessageHandler, filters


async def menu(update, context):
    buttons = InlineKeyboardMarkup([[InlineKeyboardButton("Chọn", callback_data="chon:1")]])
    sent = await update.effective_chat.send_message("thực đơn", reply_markup=buttons)
    await sent.pin()


async def echo(update, context):
    await update.message.reply_text(f"nghe: {update.message.text}", do_quote=True)
    await update.message.set_reaction("👍")


async def pressed(update, context):
    await update.callback_query.answer("đã bấm")
    await update.callback_query.edit_message_text("đã chọn")


address, token = sys.argv[1:]
application = Application.builder().token(token).base_url(f"{address}/bot").base_file_url(f"{address}/file/bot").build()
application.add_handler(CommandHandler("menu", menu))
application.add_handler(MessageHandler(filters.TEXT & ~filters.COMMAND & filters.UpdateType.MESSAGE, echo))
application.add_handler(CallbackQueryHandler(pressed))
application.run_polling(timeout=10)
