// An echo bot on grammY: node echo_grammy.mjs ADDRESS TOKEN
import { Bot, InlineKeyboard } from "grammy";

const [address, token] = process.argv.slice(2);
const bot = new Bot(token, { client: { apiRoot: address } });

bot.command("menu", async (context) => {
  const buttons = new InlineKeyboard().text("Chọn", "chon:1");
  const sent = await context.reply("thực đơn", { reply_markup: buttons });
  await context.api.pinChatMessage(sent.chat.id, sent.message_id);
});
bot.on("message:text", async (context) => {
  const reply_parameters = { message_id: context.msg.message_id };
  await context.reply(`nghe: ${context.msg.text}`, { reply_parameters });
  await context.react("👍");
});
bot.on("callback_query:data", async (context) => {
  await context.answerCallbackQuery("đã bấm");
  await context.editMessageText("đã chọn");
});

for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => bot.stop());
await bot.start();
