// What a bot on grammY does for the benchmark: node grammy_bot.mjs ADDRESS TOKEN DATABASE REPLIES
// Each update is one durable transaction (what came, what it counts as, what is to be said), then the reply, then the record of it.
import { Bot } from "grammy";
import Database from "libsql";

const [address, token, file, replies] = process.argv.slice(2);
const database = new Database(file);
database.exec(`pragma journal_mode = wal; pragma synchronous = full;
  create table if not exists updates (id text primary key, chat text, text text);
  create table if not exists submissions (id integer primary key, chat text, text text);
  create table if not exists outbox (id integer primary key, chat text, text text, sent integer);`);
const update = database.prepare("insert into updates values (?, ?, ?)");
const submission = database.prepare("insert into submissions (chat, text) values (?, ?)");
const outbox = database.prepare("insert into outbox (chat, text, sent) values (?, ?, 0)");
const record = database.prepare("update outbox set sent = 1 where id = ?");

function write(key, chat, text) {
  database.exec("begin immediate");
  update.run(key, chat, text);
  submission.run(chat, text);
  const row = outbox.run(chat, `nghe: ${text}`).lastInsertRowid;
  database.exec("commit");
  return row;
}

const bot = new Bot(token, { client: { apiRoot: address } });
bot.on("message:text", async (context) => {
  const { chat, message_id, text } = context.msg;
  const row = write(`m${chat.id}/${message_id}`, String(chat.id), text);
  if (replies === "yes") {
    await context.reply(`nghe: ${text}`, { reply_parameters: { message_id } });
    record.run(row);
  }
});
bot.on("callback_query:data", async (context) => {
  const { id, message, data } = context.callbackQuery;
  const row = write(`p${id}`, String(message.chat.id), data);
  if (replies === "yes") {
    await context.answerCallbackQuery("đã bấm");
    record.run(row);
  }
});
bot.catch(() => {});
await bot.start();
