"""An echo bot on aiogram: echo_aiogram.py ADDRESS TOKEN"""

import asyncio
import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import Command
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message, ReactionTypeEmoji

dispatcher = Dispatcher()


@dispatcher.message(Command("menu"))
async def menu(message: Message):
    buttons = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Chọn", callback_data="chon:1")]])
    sent = await message.answer("thực đơn", reply_markup=buttons)
    await sent.pin()


@dispatcher.message()
async def echo(message: Message):
    if message.text:
        await message.reply(f"nghe: {message.text}")
        await message.react([ReactionTypeEmoji(emoji="👍")])


@dispatcher.callback_query()
async def pressed(query: CallbackQuery):
    await query.answer("đã bấm")
    await query.message.edit_text("đã chọn")


async def main(address, token):
    server = TelegramAPIServer.from_base(address)
    bot = Bot(token, session=AiohttpSession(api=server))
    await dispatcher.start_polling(bot, handle_signals=True)


asyncio.run(main(*sys.argv[1:]))
