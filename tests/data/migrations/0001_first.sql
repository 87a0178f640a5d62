insert into offices (id, name, language, zone, settings, touched) values
    ('01990000000070008000000000000001', 'Phòng VH-XH xã An Bình', 'vi', 'Asia/Ho_Chi_Minh', '{"daily_cap":4}', 1);
insert into schools (id, office_id, code, name, short_name, aliases, kind, ward, cluster, principal, phone, opened_on, closed_on) values
    ('01990000000070008000000000000002', '01990000000070008000000000000001', 'MN001', 'Trường Mầm non Hoa Sen 1', 'MN Hoa Sen 1', '["hoa sen"]', 'public', 'xã An Bình', '', 'Ngô Thị Thắm', '', '2019-09-05', null);
insert into members (id, office_id, name, roles) values
    ('01990000000070008000000000000003', '01990000000070008000000000000001', 'Ngô Thị Thắm', '[{"principal":"01990000000070008000000000000002"},"specialist"]');
insert into member_accounts (member_id, office_id, platform, user_id, place) values
    ('01990000000070008000000000000003', '01990000000070008000000000000001', 'telegram', '77', 0);
insert into member_chats (member_id, platform, chat_id, place) values
    ('01990000000070008000000000000003', 'telegram', '77', 0);
insert into groups (id, office_id, platform, chat_id, title, schools) values
    ('01990000000070008000000000000004', '01990000000070008000000000000001', 'telegram', '-1001', 'Giao ban An Bình', '[]');
insert into join_codes (code, shown, office_id, grants, expires_at, used_at) values
    ('AB2CD3EF', 'AB2C-D3EF', '01990000000070008000000000000001', '{"role":"head"}', 1790816400000, null);
insert into join_requests (id, office_id, platform, user_id, name, chat_id, school_id, asked_at) values
    ('01990000000070008000000000000005', '01990000000070008000000000000001', 'zalo', '5', 'Hạnh', '5', '01990000000070008000000000000002', 1790816400000);
insert into schedules (id, office_id, year, title, file_name, state) values
    ('01990000000070008000000000000006', '01990000000070008000000000000001', 2026, 'Lịch nhiệm vụ năm học', 'lich.txt', 'active');
insert into directives (id, office_id, number, number_key, figures, issued_on, issuer, subject, kind, signer, urgency, state, schedule_id, file_name, sha256, sent_by, sent_at, doubts) values
    ('0199000000007000800000000000000c', '01990000000070008000000000000001', '155/PGDĐT-GDMN', '155/pgddt-gdmn', 155, '2026-09-14', null, 'Cân đo trẻ', 'công văn', null, 'normal', 'active', '01990000000070008000000000000006', 'cong-van.docx', '0a0b', '01990000000070008000000000000003', 1790816400000, '[]');
insert into directive_files (directive_id, bytes, reading) values ('0199000000007000800000000000000c', 'AAE=', '{}');
insert into tasks (id, office_id, schedule_id, directive_id, code, text, months, scope, requires, due, form, urgency, state, posted_at, sources, doubts, moved) values
    ('01990000000070008000000000000007', '01990000000070008000000000000001', '01990000000070008000000000000006', '0199000000007000800000000000000c', 1, 'Cân đo trẻ lần 1', '["2026-10"]', '"all"', 'submission',
     '[{"kind":"before","date":"2026-10-17","from":null,"time":null,"role":"deadline","recur":null,"quote":"trước 17/10"}]',
     '{"fields":[],"checks":[]}', 'normal', 'posted', 1790816400000, '[{"place":{"kind":"line","line":1},"quote":"Cân đo"}]', '[]', null);
insert into submissions (id, task_id, school_id, version, given, form_version, kept, complete, by_member, on_behalf, platform, chat_id, message_id, at) values
    ('01990000000070008000000000000008', '01990000000070008000000000000007', '01990000000070008000000000000002', 1, '{"tong":{"figure":337}}', 0, '[]', 1, '01990000000070008000000000000003', 0, 'telegram', '-1001', '12', 1790816400000);
insert into extensions (id, task_id, school_id, until, reason, at, state, decided_by) values
    ('01990000000070008000000000000009', '01990000000070008000000000000007', '01990000000070008000000000000002', 1790902800000, 'chưa chốt', 1790816400000, 'asked', null);
insert into standings (task_id, school_id, confirmation, settled_at, exempt, promise, submission_id, extension_id) values
    ('01990000000070008000000000000007', '01990000000070008000000000000002', '{"level":"done","at":"2026-10-01T01:00:00Z","by":"01990000000070008000000000000003"}', 1790816400000, null, null, '01990000000070008000000000000008', '01990000000070008000000000000009');
insert into questions (id, office_id, platform, chat_id, user_id, asked_at, expires_at, body, carried) values
    ('0199000000007000800000000000000a', null, 'telegram', '78', '78', 1790816400000, 1790820000000, '{}', '[]');
insert into audit (id, office_id, by_member, what, detail, at) values
    ('0199000000007000800000000000000b', '01990000000070008000000000000001', null, 'schedule.imported', '{"tasks":1}', 1790816400000);
insert into chats (platform, id, kind, gone_at, gone_why, paused_until, paced_until) values
    ('telegram', '-1001', 'group', null, null, 0, 0);
insert into inbox (id, platform, update_key, chat_id, payload, received_at, state, attempts, not_before) values
    ('0199000000007000800000000000000c', 'telegram', '9', '-1001',
     '{"key":"9","at":"2026-10-01T01:00:00Z","chat":{"platform":"telegram","id":"-1001"},"chat_kind":"group","chat_title":null,"from":{"user":{"platform":"telegram","id":"77"},"name":"Thắm"},"heard":{"bot_added":{"hears":false}}}',
     1790816400000, 'waiting', 0, 0);
insert into outbox (id, office_id, platform, chat_id, dedupe_key, part, part_of, body, said, about, edits, paced, priority, not_before, send_before, state, attempts, lapses, claimed_until, message_id, sent_at, last_error, created_at) values
    ('0199000000007000800000000000000d', '01990000000070008000000000000001', 'telegram', '-1001', 'month/2026-10', 0, null, '{"fresh":{"month":"2026-10"}}', null, '{}', null, 1, 2, 1790816400000, null, 'sent', 1, 0, 0, '10', 1790816400000, null, 1790816400000);
insert into boards (row_id, group_id, month, shown, at) values
    ('0199000000007000800000000000000d', '01990000000070008000000000000004', '2026-10', '[["01990000000070008000000000000007",{"settled":1,"expected":1}]]', 1790816400000);
