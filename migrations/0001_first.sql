-- Text and bigint columns only: ids are text (UUIDv7 without dashes), moments are bigint milliseconds of UTC, days are
-- text YYYY-MM-DD, nested values and variants are JSON text. The same text runs on SQLite and on PostgreSQL.

-- The one row that a writing transaction without an office updates first.
create table installation (
    id bigint primary key,
    touched bigint not null
);
insert into installation (id, touched) values (1, 0);

-- How often each kind of what offices know was changed: what a process has loaded is as good as new while it stands still.
create table versions (
    known text primary key,
    version bigint not null
);
insert into versions (known, version) values
    ('offices', 0), ('schools', 0), ('members', 0), ('groups', 0), ('tasks', 0), ('boards', 0), ('standings', 0);

create table offices (
    id text primary key,
    name text not null,
    language text not null,
    zone text not null,
    settings text not null,
    -- The planner's last look at which it could speak; reminders up to it are over.
    caught_up bigint,
    -- Moved by every writing transaction of the office, first thing: it is the office's lock.
    touched bigint not null
);

create table schools (
    id text primary key,
    office_id text not null references offices (id),
    code text not null,
    name text not null,
    short_name text not null,
    aliases text not null,
    kind text not null,
    ward text not null,
    cluster text not null,
    principal text not null,
    phone text not null,
    enrolment bigint,
    opened_on text,
    closed_on text,
    unique (office_id, code)
);

create table members (
    id text primary key,
    office_id text not null references offices (id),
    name text not null,
    roles text not null,
    leave text
);
create index members_of_office on members (office_id);

create table member_accounts (
    member_id text not null references members (id),
    office_id text not null references offices (id),
    platform text not null,
    user_id text not null,
    place bigint not null,
    primary key (office_id, platform, user_id)
);
create index member_accounts_by_user on member_accounts (platform, user_id);
create index member_accounts_of_member on member_accounts (member_id);

create table member_chats (
    member_id text not null references members (id),
    platform text not null,
    chat_id text not null,
    place bigint not null,
    primary key (member_id, platform, chat_id)
);
create index member_chats_by_chat on member_chats (platform, chat_id);

create table groups (
    id text primary key,
    office_id text not null references offices (id),
    platform text not null,
    chat_id text not null,
    title text not null,
    schools text not null,
    unique (platform, chat_id)
);
create index groups_of_office on groups (office_id);

create table join_codes (
    -- Capital letters and digits only, without the dash that people read.
    code text primary key,
    shown text not null,
    office_id text not null references offices (id),
    -- A role, a group, or an account.
    grants text not null,
    expires_at bigint not null,
    used_at bigint
);

create table join_requests (
    id text primary key,
    office_id text not null references offices (id),
    platform text not null,
    user_id text not null,
    name text not null,
    chat_id text not null,
    school_id text not null references schools (id),
    asked_at bigint not null,
    decision text,
    decided_at bigint,
    decided_by text references members (id)
);
create unique index join_requests_open on join_requests (platform, user_id, school_id) where decided_at is null;

create table schedules (
    id text primary key,
    office_id text not null references offices (id),
    year bigint not null,
    title text not null,
    file_name text not null,
    state text not null
);
create index schedules_of_office on schedules (office_id, year);

-- The archive of documents: what was read from each file, and what became of it.
create table directives (
    id text primary key,
    office_id text not null references offices (id),
    -- As printed; folded for looking up ("155/pgddt-gdmn"), empty when blank; its figures before the slash.
    number text,
    number_key text not null,
    figures bigint,
    issued_on text,
    issuer text,
    subject text not null,
    kind text,
    signer text,
    urgency text not null,
    state text not null,
    schedule_id text references schedules (id),
    file_name text not null,
    -- Of the bytes of the file, in hexadecimal: the same file is known again.
    sha256 text not null,
    sent_by text references members (id),
    sent_at bigint not null,
    doubts text not null,
    unique (office_id, sha256)
);
create index directives_by_figures on directives (office_id, figures);
create index directives_by_time on directives (office_id, sent_at);

-- Beside them, so that a list of directives does not load the files.
create table directive_files (
    directive_id text primary key references directives (id),
    -- Base64.
    bytes text not null,
    -- What the reader made of it, so that it can be drafted anew in another way.
    reading text not null
);

create table tasks (
    id text primary key,
    office_id text not null references offices (id),
    schedule_id text references schedules (id),
    directive_id text references directives (id),
    code bigint not null,
    text text not null,
    months text not null,
    scope text not null,
    requires text not null,
    due text not null,
    form text not null,
    urgency text not null,
    state text not null,
    posted_at bigint,
    sources text not null,
    doubts text not null,
    moved text,
    unique (office_id, code)
);
create index tasks_by_state on tasks (office_id, state);
create index tasks_of_schedule on tasks (schedule_id);
create index tasks_of_directive on tasks (directive_id);

-- The office's own workbook that a version of a task's form was made from.
create table templates (
    task_id text not null references tasks (id),
    version bigint not null,
    -- Where it wants which value.
    layout text not null,
    -- Base64.
    bytes text not null,
    primary key (task_id, version)
);

create table submissions (
    id text primary key,
    task_id text not null references tasks (id),
    school_id text not null references schools (id),
    version bigint not null,
    given text not null,
    form_version bigint not null,
    -- Odd values that were kept, with their reasons.
    kept text not null,
    complete bigint not null,
    by_member text not null references members (id),
    on_behalf bigint not null,
    platform text,
    chat_id text,
    message_id text,
    at bigint not null,
    unique (task_id, school_id, version)
);
create index submissions_by_message on submissions (platform, chat_id, message_id);

create table extensions (
    id text primary key,
    task_id text not null references tasks (id),
    school_id text not null references schools (id),
    until bigint not null,
    reason text not null,
    at bigint not null,
    state text not null,
    granted_before bigint,
    decided_by text references members (id)
);
create index extensions_of_task on extensions (task_id, school_id);
create index extensions_asked on extensions (state) where state = 'asked';

create table standings (
    task_id text not null references tasks (id),
    school_id text not null references schools (id),
    confirmation text,
    settled_at bigint,
    exempt text,
    promise text,
    -- The latest time that the answer was given back.
    returned text,
    -- The latest of each, kept here so that a standing is one row of a join.
    submission_id text references submissions (id),
    extension_id text references extensions (id),
    primary key (task_id, school_id)
);

create table questions (
    id text primary key,
    office_id text references offices (id),
    platform text not null,
    chat_id text not null,
    user_id text not null,
    asked_at bigint not null,
    expires_at bigint not null,
    body text not null,
    -- The files of the message that it asks about.
    carried text not null,
    -- What it is about: a later question about the same takes its place. Empty for one that knows neither task nor school.
    subject text not null default ''
);
create index questions_of on questions (platform, chat_id, user_id);
create index questions_about on questions (subject);

-- Keys that the program makes once for itself.
create table secrets (
    name text primary key,
    value text not null
);

-- Tokens that a platform exchanges in pairs: whoever has the turn may exchange the refresh token, once.
create table platform_keys (
    account text primary key,
    access text not null,
    refresh text not null,
    good_until bigint not null,
    -- The refresh token that was given at first: another one makes the pair anew.
    made_of text not null,
    turn_until bigint not null
);

-- Files that came by a page and not by a platform.
create table kept_files (
    name text primary key,
    office_id text not null references offices (id),
    -- Base64.
    bytes text not null,
    -- A submission has it: it stays. Anything else goes with the message that brought it.
    used bigint not null
);

-- Whose school a sender's name means in stretches of chat that officers paste: told once.
create table sender_names (
    office_id text not null references offices (id),
    -- In small letters with their marks.
    name text not null,
    school_id text not null references schools (id),
    primary key (office_id, name)
);

create table boards (
    row_id text primary key,
    group_id text not null references groups (id),
    month text not null,
    shown text not null,
    at bigint not null,
    -- Its message cannot be edited: what has moved is told anew.
    told_anew bigint not null default 0
);
create index boards_of_group on boards (group_id);

create table audit (
    id text primary key,
    office_id text not null references offices (id),
    by_member text references members (id),
    what text not null,
    detail text not null,
    at bigint not null
);
create index audit_of_office on audit (office_id, at);

-- When each platform was last reached: what it did not keep until then is lost.
create table contacts (
    platform text primary key,
    name text not null,
    at bigint not null,
    -- Since when the platform says that the month's messages are used up, and when that is tried again.
    quota_since bigint,
    quota_until bigint,
    -- Since when it refuses the token.
    shut_since bigint,
    -- What it said of the address of our webhook; null where it reaches it.
    hook text
);

-- What is known of a chat whether or not it belongs to an office.
create table chats (
    platform text not null,
    id text not null,
    kind text,
    gone_at bigint,
    gone_why text,
    -- 1 once the specialists of its office know.
    gone_told bigint not null default 0,
    -- 1 where the bot hears everything, whatever the platform's rule is.
    hears_all bigint not null default 0,
    -- The topic in which the bot speaks there.
    topic text,
    -- The id that it has now: what is heard from it under the old one was said there.
    moved_to text,
    -- Nothing at all is sent before this moment: the platform said so, or it is down.
    paused_until bigint not null,
    -- No message is sent before this moment: pace.
    paced_until bigint not null,
    -- No message that nobody waits for is sent before this one.
    unasked_until bigint not null default 0,
    primary key (platform, id)
);

create table inbox (
    id text primary key,
    platform text not null,
    update_key text not null,
    chat_id text not null,
    payload text not null,
    received_at bigint not null,
    state text not null,
    attempts bigint not null,
    not_before bigint not null,
    handled_at bigint,
    last_error text,
    unique (platform, update_key)
);
create index inbox_waiting on inbox (platform, chat_id, id) where state = 'waiting';
create index inbox_received on inbox (platform, received_at);
create index inbox_parked on inbox (id) where state = 'parked';

create table outbox (
    id text primary key,
    office_id text references offices (id),
    platform text not null,
    chat_id text not null,
    dedupe_key text,
    part bigint not null,
    -- The row whose later part this is.
    part_of text,
    body text not null,
    -- The row whose message this one left within.
    within text,
    -- 1 for what leaves with nothing else: a message that it was in was refused.
    alone bigint not null default 0,
    -- What left, when it was put into words only then.
    said text,
    about text not null,
    -- The row whose message this one edits.
    edits text,
    -- 1 for what counts into the pace of a chat.
    paced bigint not null,
    -- 1 for what makes a new message: done twice, people see it twice.
    new_message bigint not null default 1,
    priority bigint not null,
    -- 1 for what may use the messages that are kept to the end of a month.
    reserved bigint not null default 0,
    not_before bigint not null,
    send_before bigint,
    state text not null,
    attempts bigint not null,
    -- Beside attempts, which grow by every refusal to wait out: what must not go on without end.
    moves bigint not null default 0,
    unanswered bigint not null default 0,
    lapses bigint not null,
    -- 1 once the specialists know that it did not reach its group.
    told bigint not null default 0,
    claimed_until bigint not null,
    -- Which run of which program took it up last, and when.
    claimed_by text not null default '',
    claimed_at bigint not null default 0,
    message_id text,
    sent_at bigint,
    last_error text,
    created_at bigint not null,
    unique (office_id, dedupe_key, part)
);
create index outbox_pending on outbox (platform, chat_id, priority, id) where state = 'pending';
create index outbox_taken on outbox (platform, chat_id, claimed_until) where state = 'pending' and claimed_until > 0;
create index outbox_sent on outbox (platform, sent_at, new_message);
create index outbox_within on outbox (within) where within is not null;
create index outbox_sent_in_chat on outbox (platform, chat_id, sent_at);
create index outbox_by_message on outbox (platform, chat_id, message_id);
create index outbox_of_office on outbox (office_id, created_at);
create index outbox_by_state on outbox (state) where state <> 'sent';
