# Every word that a person reads, English. One section a room; keys are equal in all languages.

## import: why a file could not be read
import-empty = The file { $file } holds no text. Check the file, or open the original document and save it again as plain text (.txt, UTF-8).

## voice: days, figures, how a person is called
weekday = { $day ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[7] Sunday
}
weekday-day = { $weekday } { $day }
hour-of-day = { $hour } { $day }
value-money = { $amount } đồng
value-file = file { $name }
value-not-applicable = not applicable
example-file = (attach the file)
address-brother = Please
address-sister = Please
address-either = Please
kind-public = public
kind-private = private
kind-independent = independent class groups

## line: a task in a post
task-urgent = { $code } [URGENT] { $text }
task-express = { $code } [EXPRESS] { $text }
task-scope = {" "}– for: { $scope }
task-fields = {" "}– send: { $fields }
task-count = {" "}· { $settled }/{ $expected }
due-deadline = due { $day }
due-range = from { $from }, due { $to }
due-event = on { $day }
due-event-range = { $from } – { $to }
due-none = no deadline yet
reminder-line = { $code } { $title } ({ $due }): { $settled }/{ $expected } schools are done
reminder-missing = Missing: { $schools }

## announcement: what is said unasked
month-head = FOCAL TASKS OF { $month }
month-how = Reply to (quote) this post, or type a task's code and your answer, such as “V2 đã xong”.
moved = (Posted today because: { $why }.)
preview-head = Preview: { $tasks } tasks of { $month } go out on { $day }.
preview-doubts = { $doubts } places are worth a look before that.
preview-how = Edit with /sua, drop with /bo. Nothing to do if it is right.
reminder-early = Deadline ahead
reminder-last-day = Deadline near
reminder-last-hours = A few hours left
reminder-asked = Schools are asked to finish
overdue-head = Overdue
overdue-how = Schools in difficulty: type /viec or write to the specialist.
how-submit = Reply to (quote) this post, or type { $code } and the figures.
how-confirm = When done, reply “đã xong”, or type /xong { $code }.
missing-head-several = Your schools still owe:
missing-head-early = { $school } still owes, with the deadline ahead:
missing-head-last-day = { $school } still owes, with the deadline near:
missing-head-last-hours = { $school } has a few hours left for:
missing-head-asked = { $school } is asked to finish:
missing-head-overdue = { $school } is overdue with:
missing-received = {" "}– received, not reported as done
missing-more-time = For more time write, for example, “xin lùi đến thứ Hai”.
calls-head = To be called: { $schools } schools are not done
calls-unknown = {" "}· no telephone in the register
calls-how = Record by telephone: /ghiho. Extend: /giahan. Exempt: /mien.
thanks = { $count }/{ $count } schools: { $code } { $title }. Thank you all.
button-received = Received
button-my-tasks = My school's tasks
button-done = { $code } is done

## answers: what a school is told of its own
read-back = { $school } · { $code }: { $values }.
read-back-at = Recorded { $at }.
read-back-on-behalf = Recorded on behalf { $at }.
read-back-corrected = Corrected { $at } (before: { $changes }).
read-back-missing = Still missing: { $fields }.
read-back-late = After the deadline.
read-back-close = If anything is wrong, reply to this message.
recorded-month = the month's tasks
recorded-done = { $school } · { $what }: recorded as done.
recorded-received = { $school } · { $what }: recorded as received.
recorded-done-on-behalf = { $school } · { $what }: recorded on behalf as done.
recorded-received-on-behalf = { $school } · { $what }: recorded on behalf as received.
fault-close = { $address } send the right figure again.
fault-example = Example: { $code } { $example }
fault-missing = { $label } is missing.
fault-too-small = { $label } { $given } is below the least one, { $min }.
fault-too-large = { $label } { $given } is above the greatest one, { $max }.
fault-more-than = { $label } { $given } is more than { $of } { $whole }.
fault-sum = { $parts } add up to { $sum }, not to { $total } { $given }.
withdrawn = { $school } · { $code }: the figures just sent were taken back. Send them again when they are right.
promised = Noted: { $code } by { $until }.
extension-asked = { $school } asks to move { $code } to { $until } ({ $due }).
extension-words = In its words: “{ $words }”
extension-passed-on = Passed on to the specialist: { $code } to { $until }. You will hear at once.
extension-granted = { $school } · { $code }: extended to { $until }.
extension-refused = { $school } · { $code }: not extended ({ $due }). Please keep the deadline.
extension-was-granted = { $school } · { $code }: this had been granted already.
extension-was-refused = { $school } · { $code }: this had been refused already.
exempted = { $school } · { $code }: exempt. Reason: { $reason }.
unable = { $school } has trouble with { $code }: “{ $words }”
asked = { $school } asks about { $code }: “{ $words }”
some-task = a task
mine-none = { $school } owes nothing. { $done } tasks are done.
mine-head = { $school } owes { $count } tasks:
mine-until = , { $until }
mine-missing = , still missing { $fields }
mine-how = Answer with the code, such as “{ $code } đã xong”.
status-not-yet-due = not yet due
status-due-soon = due soon
status-overdue = overdue
status-done-on-time = done on time
status-done-late = done late
status-exempt = exempt
status-extended = extended
button-grant = Grant
button-refuse = Refuse

## asking: once, with an example; and joining
ask-which-task = { $address } say which task:
ask-example = Example: { $example }
ask-which-school = { $address } say which school: { $schools }? Example: { $example }
ask-confirm = { $school } · { $code } { $title }: { $values }. { $address } say whether this is right: answer “đúng”, or send the figures again.
ask-which-field = { $address } say what { $figures } stand for. Example: { $example }
ask-until-when = { $address } say to which day { $code } should move. Example: xin lùi đến 20/10
ask-done = { $code } { $title }: { $address } say whether it is done.
ask-where = { $code }: no figures and no file came with it. { $address } send them. Example: { $example }
button-yes = Right
button-no = Not yet
button-approve = Let in
button-reject = Do not let in
join-how = This is the office's automated bot. To join, type /dangky and your code, such as /dangky HS7K-2MPQ. Without a code type your school, such as /dangky MN Hoa Sen; a specialist will decide.
join-school = You are now of { $school }, with { $office }. Type /viec to see its tasks.
join-officer = You are now an officer of { $office }. Type /trogiup to see the commands.
join-bad-code = This code is wrong, used or out of date. Please ask the specialist for another.
join-waiting = Your request to join { $school } was sent. You will hear when a specialist has decided.
join-request = { $name } asks to join { $school }.
join-bound = Already there: { $people }.
join-refused = Your request to join { $school } was not approved. Please ask the specialist.
join-approved = { $name } was let in to { $school }.
join-rejected = { $name } was not let in to { $school }.
join-code-school = Code of { $school }: { $code }. Good once, before { $until }. To be typed: /dangky { $code }
join-code-officer = Code for an officer: { $code }. Good once, before { $until }. To be typed: /dangky { $code }
no-such-school = The register has no school named “{ $given }”.
no-such-school-nearest = The register has no school named “{ $given }”. Nearest: { $nearest }.
several-schools = “{ $given }” may be: { $names }. Please be more precise, or use the register's code.

## commands: help and faults
hello-bound = This is an automated bot. Each month's tasks are posted in this group and schools answer here. Type /trogiup for help.
hello-unbound = This is an automated bot. A specialist binds this group with /nhom.
broken = Something went wrong and nothing was recorded. Please send it again in a few minutes; if it stays, tell the operator the code { $code }.
nothing = Noted.
help-head = Commands
help-more = For an example type /trogiup and a command, such as /trogiup giao
command-unknown = There is no command “{ $given }”. Type /trogiup to see them.
command-unknown-nearest = There is no command “{ $given }”. Did you mean { $nearest }?
command-missing = { $address } add { $part }.
part-task = the task's code
part-school = the school's name
part-date = the deadline
part-text = what is to be done
part-values = the figures
part-code = a code or a school's name
part-reason = the reason
no-such-task = There is no task { $given }. Open: { $open }.
no-such-task-none = There is no task { $given }. No task is open.
bad-date = “{ $given }” is no date. Write, for example, 17/10 or 16h 17/10.
past-date = { $date } has passed.
bad-form = The form cannot be read at “{ $given }”. Write, for example: biểu: tổng số trẻ, cân đo <= tổng số trẻ, nhẹ cân
not-allowed = This command is for officers.
no-form = { $code } has no form. When done, type: { $code } đã xong
help-giao = hand out a task with deadline and form
help-dang = post a draft, a schedule, or a month
help-sua = change deadline, text, form or scope of a task
help-bo = drop a draft or withdraw a posted task
help-tinhhinh = who has and who has not
help-nhac = remind the missing now
help-giahan = more time for one school, or another deadline for all
help-dongy = grant a school more time
help-tuchoi = refuse a school more time
help-mien = exempt a school from a task
help-ghiho = record a school's answer given by telephone
help-truong = find a school and its people
help-lich = the tasks of a month
help-ma = make a code for a school or an officer
help-duyet = let in who asked to join
help-khongduyet = do not let in who asked to join
help-nghi = add a day off of the office
help-lamviec = make a day a working day again
help-nhom = bind this group to the office
help-viec = what my school still owes
help-nop = send the figures of a task
help-nhan = say that it was received
help-xong = say that it is done
help-dangky = join by code, or ask to join a school
help-huy = drop the question that waits for an answer
help-trogiup = commands and examples
example-giao = /giao Cân đo lần 1; hạn 17/10; biểu: tổng số trẻ (trẻ), cân đo <= tổng số trẻ, nhẹ cân, thấp còi, béo phì
example-dang = /dang V5
example-sua = /sua V5 hạn 20/10
example-bo = /bo V5
example-tinhhinh = /tinhhinh V2
example-nhac = /nhac V2
example-giahan = /giahan V2 MN Hoa Mai đến 20/10
example-dongy = /dongy V2 MN Hoa Mai
example-tuchoi = /tuchoi V2 MN Hoa Mai
example-mien = /mien V2 MN Hoa Mai trường đang sửa chữa
example-ghiho = /ghiho MN Hoa Mai V2 tổng số trẻ 337, cân đo 337
example-truong = /truong Hoa Mai
example-lich = /lich 11
example-ma = /ma MN Hoa Mai
example-duyet = /duyet Nguyễn Thị Lan
example-khongduyet = /khongduyet Nguyễn Thị Lan
example-nghi = /nghi 24/11/2026 nghỉ theo thông báo của tỉnh
example-lamviec = /lamviec 24/11/2026
example-nhom = /nhom
example-viec = /viec
example-nop = /nop V2 tổng số trẻ 337, cân đo 337
example-nhan = /nhan V2
example-xong = /xong V2
example-dangky = /dangky HS7K-2MPQ
example-huy = /huy
example-trogiup = /trogiup giao

## office: what the specialist is told
draft-head = Draft { $code}, for { $schools } schools. Not posted.
button-publish = Post
button-drop = Drop
button-agree = Use this schedule
posted-head = NEW TASK
published = { $code } is out in { $groups } groups; { $schools } schools are to answer.
published-again = { $code } had been posted already.
dropped = { $code } { $title } was dropped.
dropped-posted = { $code } { $title } was withdrawn; schools need not do it.
due-moved = { $code } { $title }: now { $to } (was { $from }).
due-moved-why = Reason: { $why }.
overview-none = No task is open.
overview-head = { $count } open tasks
overview-how = One task: /tinhhinh { $code }
standing-line = { $status } ({ $count }): { $schools }
standing-sums = Sums so far: { $sums }
reminded = { $code }: { $missing } schools are missing; { $people } private messages, { $groups } groups.
nobody-missing = { $code }: nobody is missing.
schools-head = { $count } schools
schools-found = “{ $query }”: { $count } schools
schools-nobody = nobody has joined
schools-closed = {" "}· closed
plan-none = { $month } has no tasks yet.
plan-ahead = { $month }, going out on { $day }
plan-posted = { $month }, posted
doubts-more = … and { $count } more places to look at.
schedule-year = Schedule of the school year { $year }.
schedule-rolled = Schedule of the school year { $from }, moved to { $to }.
schedule-month = { $month }: { $tasks } tasks, { $deadlines } deadlines
schedule-replaces = It would replace the schedule of { $year }; what was posted stays.
schedule-how = See a month with /lich 10, edit with /sua, then press to use it. Nothing is posted before that.
schedule-active = The schedule of { $year } is in use: { $tasks } tasks.
schedule-next = Next post: { $month }, at { $hour } on { $day }.
schedule-dropped = This schedule was dropped.
register-imported = Register imported: { $added } new, { $changed } changed, { $same } unchanged.
day-off = { $date } is a day off: { $reason }. Reminders were reckoned anew.
day-working = { $date } is a working day. Reminders were reckoned anew.
group-bound = The group “{ $title }” now belongs to { $office }, { $schools } schools.
fair-day-off = ⚠ The deadline is on a day off ({ $day }).
fair-short = ⚠ Only { $hours } working hours are left.
fair-same-day = ⚠ { $others } other deadlines are on the same day.
fair-past = ⚠ The deadline { $day } has passed.

## doubt: dates taken over from another year
doubt-at-line = line { $line }: { $doubt }
rolled = { $from } became { $to }
rolled-moved = { $from } became { $to }: { $why }
rolled-outside = { $date } is not in a month of this task
why-weekend = a weekend
why-new-year = New Year's Day
why-tet = Tết
why-hung-kings = Hùng Kings' Day
why-victory = Victory Day
why-labour = Labour Day
why-national = National Day
why-substitute-new-year = day off made up for New Year's Day
why-substitute-tet = day off made up for Tết
why-substitute-hung-kings = day off made up for Hùng Kings' Day
why-substitute-victory = day off made up for Victory Day
why-substitute-labour = day off made up for Labour Day
why-substitute-national = day off made up for National Day
why-swapped = swapped day off
why-closure = the office's own day off
why-no-such-day = this month has no such day
why-late = the schedule was agreed to after the usual day
