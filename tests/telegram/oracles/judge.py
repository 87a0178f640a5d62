"""Has aiogram and python-telegram-bot judge a journal: every request that our bot made by aiogram's models of the methods and
by telegram.constants, every update that our make-believe server told by the models of both.

    judge.py JOURNAL.json

Prints what is wrong, then "N judged, M wrong"; exit status 1 when anything is.
"""

import json
import sys

import aiogram.methods
from aiogram.types import Update
from pydantic import BaseModel, ValidationError
from telegram import Update as OtherUpdate
from telegram import constants

METHODS = {name.lower(): getattr(aiogram.methods, name) for name in aiogram.methods.__all__}


def unknown(value, where=""):
    """Fields that a model of aiogram does not know, with their places."""
    if isinstance(value, BaseModel):
        for name in value.model_extra or {}:
            yield f"{where}.{name}"
        for name in type(value).model_fields:
            yield from unknown(getattr(value, name, None), f"{where}.{name}")
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from unknown(item, f"{where}[]")


def units(text):
    return len(text.encode("utf-16-le")) // 2


def beyond_limits(method, body):
    """What python-telegram-bot's constants forbid."""
    message, button = constants.MessageLimit, constants.InlineKeyboardButtonLimit
    text, caption = body.get("text"), body.get("caption")
    if method == "answercallbackquery":
        if len(text or "") > constants.CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH:
            yield "the answer to a press is too long"
    elif text is not None and not message.MIN_TEXT_LENGTH <= units(text) <= message.MAX_TEXT_LENGTH:
        yield "the length of the text"
    if units(caption or "") > message.CAPTION_LENGTH:
        yield "the caption is too long"
    entities = body.get("entities") or body.get("caption_entities") or []
    if len(entities) > message.MESSAGE_ENTITIES:
        yield "too many entities"
    for entity in entities:
        if entity["type"] not in set(constants.MessageEntityType):
            yield f"an entity of type {entity['type']}"
        if entity["offset"] < 0 or entity["offset"] + entity["length"] > units(text or caption or ""):
            yield "an entity reaches beyond its text"
    rows = (body.get("reply_markup") or {}).get("inline_keyboard", [])
    if sum(len(row) for row in rows) > constants.InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER:
        yield "too many buttons"
    for row in rows:
        if len(row) > constants.InlineKeyboardMarkupLimit.BUTTONS_PER_ROW:
            yield "too many buttons in a row"
        for one in row:
            data = one.get("callback_data")
            if data is not None and not button.MIN_CALLBACK_DATA <= len(data.encode()) <= button.MAX_CALLBACK_DATA:
                yield f"callback_data of {len(data.encode())} bytes"
    for reaction in body.get("reaction") or []:
        if reaction.get("emoji") not in set(constants.ReactionEmoji):
            yield f"the reaction {reaction.get('emoji')}"
    if method == "sendchataction" and body.get("action") not in set(constants.ChatAction):
        yield f"the action {body.get('action')}"
    if method == "getupdates":
        if not constants.PollingLimit.MIN_LIMIT <= body.get("limit", 100) <= constants.PollingLimit.MAX_LIMIT:
            yield "the limit of a poll"
        strange = set(body.get("allowed_updates") or []) - set(constants.UpdateType)
        if strange:
            yield f"updates of no kind: {strange}"
    limit = constants.BotCommandLimit
    if len(body.get("commands") or []) > limit.MAX_COMMAND_NUMBER:
        yield "too many commands"
    for command in body.get("commands") or []:
        if not limit.MIN_COMMAND <= len(command["command"]) <= limit.MAX_COMMAND:
            yield f"the length of /{command['command']}"
        if not limit.MIN_DESCRIPTION <= len(command["description"]) <= limit.MAX_DESCRIPTION:
            yield f"the length of what /{command['command']} does"


def judge_call(call):
    method, body = call["method"].lower(), dict(call["body"])
    model = METHODS.get(method)
    if model is None:
        yield "no method of the Bot API"
        return
    strange = set(body) - set(model.model_fields)
    if strange:
        yield f"no parameters of it: {sorted(strange)}"
    for field in ("document", "photo"):
        if isinstance(body.get(field), dict):
            body[field] = body[field]["file_name"]  # an upload: its bytes are not in the journal
    try:
        for place in unknown(model.model_validate(body)):
            yield f"no field: {place}"
    except ValidationError as error:
        yield str(error)
    yield from beyond_limits(method, body)


def judge_update(update):
    try:
        for place in unknown(Update.model_validate(update)):
            yield f"no field: {place}"
    except ValidationError as error:
        yield str(error)
    other = OtherUpdate.de_json(update, None)
    for name in set(update) - {"update_id"}:
        if getattr(other, name, None) is None:
            yield f"python-telegram-bot sees no {name}"


def main():
    journal = json.load(open(sys.argv[1], encoding="utf-8"))
    judged, wrong = 0, 0
    for things, judge in ((journal["calls"], judge_call), (journal["updates"], judge_update)):
        if not things:
            sys.exit("the journal is empty: nothing was judged")
        for thing in things:
            judged += 1
            faults = list(judge(thing))
            wrong += bool(faults)
            for fault in faults:
                print(f"{fault}\n    {json.dumps(thing, ensure_ascii=False)[:400]}")
    methods = sorted({call["method"] for call in journal["calls"]})
    print(f"methods: {', '.join(methods)}")
    print(f"{judged} judged, {wrong} wrong")
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main()
