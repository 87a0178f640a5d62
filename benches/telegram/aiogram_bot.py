"""What a bot on aiogram does for the benchmark: aiogram_bot.py ADDRESS TOKEN DATABASE REPLIES

Each update is one durable transaction (what came, what it counts as, what is to be said), then the reply, then the record of it.
"""

import asyncio
import sqlite3
import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery, Message

address, token, file, replies = sys.argv[1:]
database = sqlite3.connect(file, isolation_level=None)
database.executescript(
    """pragma journal_mode = wal; pragma synchronous = full;
    create table if not exists updates (id text primary key, chat text, text text);
    create table if not exists submissions (id integer primary key, chat text, text text);
    create table if not exists outbox (id integer primary key, chat text, text text, sent integer);"""
)
dispatcher = Dispatcher()


def write(key, chat, text):
    database.execute("begin immediate")
    database.execute("insert into updates values (?, ?, ?)", (key, chat, text))
    database.execute("insert into submissions (chat, text) values (?, ?)", (chat, text))
    row = database.execute("insert into outbox (chat, text, sent) values (?, ?, 0)", (chat, f"nghe: {text}")).lastrowid
    database.execute("commit")
    return row


def sent(row):
    database.execute("update outbox set sent = 1 where id = ?", (row,))


@dispatcher.message()
async def said(message: Message):
    if not message.text:
        return
    row = write(f"m{message.chat.id}/{message.message_id}", str(message.chat.id), message.text)
    if replies == "yes":
        await message.reply(f"nghe: {message.text}")
        sent(row)


@dispatcher.callback_query()
async def pressed(query: CallbackQuery):
    row = write(f"p{query.id}", str(query.message.chat.id), query.data)
    if replies == "yes":
        await query.answer("đã bấm")
        sent(row)


async def main():
    bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(address)))
    await dispatcher.start_polling(bot, handle_signals=True)


asyncio.run(main())
