//! Updates in the shape in which Telegram tells them.

use serde_json::{Value, json};

use super::*;

const NOW: i64 = 1_790_000_000;

fn me() -> Me {
    Me { id: 700, username: "giaoban_bot".into() }
}

fn read(update: Value) -> Option<Incoming> {
    let now = DateTime::from_timestamp(NOW, 0).unwrap();
    decode(serde_json::from_value(update).unwrap(), &me(), now)
}

fn user(id: i64) -> Value {
    json!({"id": id, "is_bot": false, "first_name": "Nguyễn", "last_name": "Lan", "language_code": "vi"})
}

fn group() -> Value {
    json!({"id": -1_001_234_567_890_i64, "type": "supergroup", "title": "Nhóm hiệu trưởng"})
}

/// A message in a group with these fields on top.
fn message(fields: Value) -> Value {
    let mut message = json!({"message_id": 41, "date": 1_789_999_000, "chat": group(), "from": user(5)});
    for (key, value) in fields.as_object().unwrap() {
        message[key] = value.clone();
    }
    json!({"update_id": 9, "message": message})
}

fn said(update: Value) -> (String, Option<Quote>, Vec<Attachment>) {
    match read(update).unwrap().heard {
        Heard::Message { text, quote, attachments, .. } => (text, quote, attachments),
        other => panic!("{other:?}"),
    }
}

fn text(words: &str) -> String {
    said(message(json!({"text": words}))).0
}

#[test]
fn a_message_has_its_chat_its_person_and_its_moment() {
    let incoming = read(message(json!({"text": "V2 xong", "future_field": {"x": 1}}))).unwrap();
    assert_eq!(incoming.key, "9/1789999000");
    assert_eq!(incoming.at.timestamp(), 1_789_999_000);
    assert_eq!((&*incoming.chat.id, incoming.chat_kind), ("-1001234567890", ChatKind::Group));
    assert_eq!(incoming.chat_title.as_deref(), Some("Nhóm hiệu trưởng"));
    assert_eq!((&*incoming.from.user.id, &*incoming.from.name), ("5", "Nguyễn Lan"));
    let Heard::Message { message, text, edited, .. } = incoming.heard else { panic!() };
    assert_eq!((&*message, &*text, edited), ("41", "V2 xong", false));
}

#[test]
fn the_bot_s_name_is_taken_off_and_another_bot_s_command_is_not_heard() {
    assert_eq!(text("/viec@giaoban_bot"), "/viec");
    assert_eq!(text("/nop@GiaoBan_Bot V2 tổng 3"), "/nop V2 tổng 3");
    assert_eq!(text("@giaoban_bot, đã nhận ạ"), "đã nhận ạ");
    assert_eq!(text("@giaoban_bot /viec@giaoban_bot"), "/viec");
    assert_eq!(text("@giaoban_bot2 chào"), "@giaoban_bot2 chào");
    assert_eq!(text("gửi lan@truong.edu.vn"), "gửi lan@truong.edu.vn");
    assert!(read(message(json!({"text": "/viec@other_bot"}))).is_none());
}

#[test]
fn links_into_a_chat_become_what_would_be_typed() {
    assert_eq!(text("/start@giaoban_bot nhom"), "/nhom");
    let private = json!({"update_id": 3, "message": {
        "message_id": 1, "date": 1, "chat": {"id": 5, "type": "private"}, "from": user(5),
        "text": "/start HS7K-2MPQ"}});
    assert_eq!(said(private).0, "/start HS7K-2MPQ");
}

#[test]
fn a_reply_names_what_it_quotes() {
    let quoted = json!({"message_id": 12, "date": 1, "chat": group(), "text": "V2 Cân đo",
                        "from": {"id": 700, "is_bot": true, "first_name": "giaoban"}});
    let (_, quote, _) = said(message(json!({"text": "337", "reply_to_message": quoted})));
    let whole = Quote { message: Some("12".into()), text: Some("V2 Cân đo".into()), of_bot: true };
    assert_eq!(quote, Some(whole));
    let (_, quote, _) = said(message(json!({"text": "337", "reply_to_message": quoted,
                                            "quote": {"text": "Cân đo", "position": 3}})));
    assert_eq!(quote.unwrap().text.as_deref(), Some("Cân đo"));
    let elsewhere = json!({"origin": {"type": "user", "date": 1, "sender_user": user(700)}});
    let (_, quote, _) = said(message(json!({"text": "x", "external_reply": elsewhere})));
    assert_eq!(quote, Some(Quote { message: None, text: None, of_bot: true }));
}

#[test]
fn the_head_of_a_topic_is_no_quote() {
    let head = json!({"message_id": 30, "date": 1, "chat": group(), "from": user(6),
                      "forum_topic_created": {"name": "Báo cáo", "icon_color": 1}});
    let fields = json!({"text": "đã nhận", "message_thread_id": 30, "is_topic_message": true,
                        "reply_to_message": head});
    assert_eq!(said(message(fields)).1, None);
}

#[test]
fn files_come_with_their_captions() {
    let photo = json!([{"file_id": "s", "width": 90, "height": 60, "file_size": 900},
                       {"file_id": "l", "width": 1280, "height": 960, "file_size": 90_000}]);
    let (words, _, files) = said(message(json!({"photo": photo, "caption": "V5 ảnh"})));
    assert_eq!((&*words, files.len()), ("V5 ảnh", 1));
    assert_eq!((files[0].kind, &*files[0].file, files[0].size), (AttachmentKind::Photo, "l", Some(90_000)));
    let document = json!({"file_id": "d", "file_name": "kế hoạch.docx", "file_size": 1234});
    let (words, _, files) = said(message(json!({"document": document})));
    assert_eq!((&*words, &*files[0].name, files[0].kind), ("", "kế hoạch.docx", AttachmentKind::File));
}

#[test]
fn an_edit_takes_the_place_of_a_message_and_has_its_own_moment() {
    let mut update = message(json!({"text": "sửa", "edit_date": 1_789_999_500}));
    update["edited_message"] = update["message"].take();
    let incoming = read(update).unwrap();
    assert_eq!((&*incoming.key, incoming.at.timestamp()), ("9/1789999500", 1_789_999_500));
    assert!(matches!(incoming.heard, Heard::Message { edited: true, .. }));
}

#[test]
fn whoever_hides_behind_the_group_is_the_group() {
    let hidden = json!({"text": "/nhom", "sender_chat": group(),
                        "from": {"id": 1_087_968_824, "is_bot": true, "first_name": "Group"}});
    let from = read(message(hidden)).unwrap().from;
    assert_eq!((&*from.user.id, &*from.name), ("-1001234567890", "Nhóm hiệu trưởng"));
}

#[test]
fn other_bots_channels_and_service_messages_are_not_heard() {
    let bot = json!({"text": "x", "from": {"id": 8, "is_bot": true, "first_name": "b"}});
    assert!(read(message(bot)).is_none());
    assert!(read(message(json!({"text": "x", "chat": {"id": -100, "type": "channel"}}))).is_none());
    assert!(read(message(json!({"pinned_message": {"message_id": 1}}))).is_none());
    assert!(read(json!({"update_id": 1, "poll": {"id": "7"}})).is_none());
}

#[test]
fn a_press_names_its_message_and_its_button() {
    let press = json!({"update_id": 4, "callback_query": {"id": "77", "from": user(5), "chat_instance": "1",
        "data": "received", "message": {"message_id": 3, "date": 0, "chat": group()}}});
    let incoming = read(press).unwrap();
    assert_eq!((&*incoming.key, incoming.at.timestamp()), ("4/77", NOW));
    let press = Heard::Press { message: "3".into(), action: "received".into(), press: "77".into() };
    assert_eq!(incoming.heard, press);
}

fn own(old: Value, new: Value, chat: Value) -> Heard {
    let member = |mut member: Value| {
        member["user"] = json!({"id": 700, "is_bot": true, "first_name": "giaoban"});
        member
    };
    let change = json!({"chat": chat, "from": user(5), "date": 5, "old_chat_member": member(old),
                        "new_chat_member": member(new)});
    read(json!({"update_id": 5, "my_chat_member": change})).unwrap().heard
}

#[test]
fn the_bot_s_own_standing_is_followed() {
    let is = |status: &str| json!({"status": status});
    let private = json!({"id": 5, "type": "private"});
    let rights = |write, pin| Heard::BotRights { write, pin, hears: pin };
    assert_eq!(own(is("left"), is("member"), group()), Heard::BotAdded { hears: false });
    let admin = json!({"status": "administrator", "can_pin_messages": true});
    assert_eq!(own(is("kicked"), admin.clone(), group()), Heard::BotAdded { hears: true });
    assert_eq!(own(is("member"), admin, group()), rights(true, true));
    assert_eq!(own(is("member"), is("kicked"), group()), Heard::BotRemoved);
    assert_eq!(own(is("administrator"), is("left"), group()), Heard::BotRemoved);
    let muted = json!({"status": "restricted", "is_member": true, "can_send_messages": false});
    assert_eq!(own(is("member"), muted.clone(), group()), rights(false, false));
    assert_eq!(own(muted, is("member"), group()), rights(true, false));
    assert_eq!(own(is("member"), is("kicked"), private.clone()), Heard::BotRemoved);
    assert_eq!(own(is("kicked"), is("member"), private), rights(true, false));
}

#[test]
fn a_move_is_told_from_both_sides() {
    let moved = Heard::Migrated { to: chat_ref(-1_001_234_567_890) };
    let old = json!({"update_id": 6, "message": {"message_id": 2, "date": 1, "from": user(5),
        "chat": {"id": -55, "type": "group", "title": "Nhóm"}, "migrate_to_chat_id": -1_001_234_567_890_i64}});
    let there = read(old).unwrap();
    assert_eq!((&*there.chat.id, &there.heard), ("-55", &moved));
    let here = read(message(json!({"migrate_from_chat_id": -55}))).unwrap();
    assert_eq!((&*here.chat.id, &here.heard), ("-55", &moved));
}

#[test]
fn a_new_title_and_a_member_who_leaves_are_told() {
    let renamed = read(message(json!({"new_chat_title": "Nhóm MN"}))).unwrap();
    assert_eq!(renamed.heard, Heard::Renamed { title: "Nhóm MN".into() });
    let left = read(message(json!({"left_chat_member": user(6)}))).unwrap();
    assert_eq!((&*left.from.user.id, &left.heard), ("6", &Heard::MemberLeft));
    let change = json!({"chat": group(), "from": user(5), "date": 5,
        "old_chat_member": {"status": "member", "user": user(6)},
        "new_chat_member": {"status": "kicked", "user": user(6)}});
    let left = read(json!({"update_id": 5, "chat_member": change})).unwrap();
    assert_eq!((&*left.from.user.id, &left.heard), ("6", &Heard::MemberLeft));
}

#[test]
fn topics_albums_and_forwards_are_told() {
    let origin = |fields: Value| match read(message(fields)).unwrap().heard {
        Heard::Message { origin, .. } => origin,
        other => panic!("{other:?}"),
    };
    let in_topic = origin(json!({"text": "x", "message_thread_id": 30, "is_topic_message": true}));
    assert_eq!(in_topic.topic.as_deref(), Some("30"));
    // The thread of replies of a group without topics cannot be written to.
    assert_eq!(origin(json!({"text": "x", "message_thread_id": 30})), Origin::default());
    let photo = json!([{"file_id": "l", "width": 1, "height": 1}]);
    assert_eq!(origin(json!({"photo": photo, "media_group_id": "a1"})).album.as_deref(), Some("a1"));
    let forwarded = |by: Value| origin(json!({"text": "x", "forward_origin": by})).writer;
    assert_eq!(
        forwarded(json!({"type": "user", "date": 1, "sender_user": user(6)})).as_deref(),
        Some("Nguyễn Lan")
    );
    assert_eq!(
        forwarded(json!({"type": "user", "date": 1, "sender_user": user(5)})),
        None,
        "their own words"
    );
    let hidden = json!({"type": "hidden_user", "date": 1, "sender_user_name": "Chị Ba"});
    assert_eq!(forwarded(hidden).as_deref(), Some("Chị Ba"));
}
