# Every word that a person reads, Vietnamese. One section a room; keys are equal in all languages.

## import: why a file could not be read
import-empty = Tệp { $file } không có chữ nào. Hãy kiểm tra lại tệp, hoặc mở văn bản gốc và lưu lại dạng văn bản thuần (.txt, UTF-8).

## voice: days, figures, how a person is called
weekday = { $day ->
    [1] thứ Hai
    [2] thứ Ba
    [3] thứ Tư
    [4] thứ Năm
    [5] thứ Sáu
    [6] thứ Bảy
   *[7] Chủ nhật
}
weekday-day = { $weekday } { $day }
hour-of-day = { $hour } { $day }
value-money = { $amount } đồng
value-file = tệp { $name }
value-not-applicable = không áp dụng
example-file = (đính kèm tệp)
address-brother = Anh
address-sister = Chị
address-either = Anh/chị
kind-public = công lập
kind-private = tư thục
kind-independent = nhóm, lớp độc lập

## line: a task in a post
task-urgent = { $code } [KHẨN] { $text }
task-express = { $code } [HỎA TỐC] { $text }
task-scope = {" "}– dành cho: { $scope }
task-fields = {" "}– gửi: { $fields }
task-count = {" "}· { $settled }/{ $expected }
due-deadline = hạn { $day }
due-range = từ { $from } đến hạn { $to }
due-event = diễn ra { $day }
due-event-range = diễn ra { $from } – { $to }
due-none = chưa có hạn
reminder-line = { $code } { $title } ({ $due }): { $settled }/{ $expected } trường đã xong
reminder-missing = Còn: { $schools }

## announcement: what is said unasked
month-head = NHIỆM VỤ TRỌNG TÂM THÁNG { $month }
month-how = Trả lời (trích dẫn) tin này, hoặc gõ mã việc rồi nội dung, ví dụ “V2 đã xong”.
moved = (Đăng ngày này vì { $why }.)
preview-head = Bản xem trước: { $tasks } việc tháng { $month } sẽ đăng { $day }.
preview-doubts = Còn { $doubts } chỗ nên xem lại trước khi đăng.
preview-how = Sửa bằng /sua, bỏ bằng /bo. Không cần làm gì nếu đã đúng.
reminder-early = Sắp đến hạn
reminder-last-day = Hạn sắp hết
reminder-last-hours = Còn vài giờ
reminder-asked = Đề nghị các trường hoàn thành
overdue-head = Đã quá hạn
overdue-how = Trường nào vướng, gõ /viec để xem hoặc nhắn chuyên viên.
how-submit = Trả lời (trích dẫn) tin này, hoặc gõ { $code } rồi số liệu.
how-confirm = Xong thì trả lời “đã xong”, hoặc gõ /xong { $code }.
missing-head-several = Các trường của anh/chị còn những việc sau:
missing-head-early = { $school } còn việc sắp đến hạn:
missing-head-last-day = { $school } còn việc sắp hết hạn:
missing-head-last-hours = { $school } còn vài giờ cho việc sau:
missing-head-asked = Đề nghị { $school } hoàn thành:
missing-head-overdue = { $school } còn việc đã quá hạn:
missing-received = {" "}– đã nhận, chưa báo xong
missing-more-time = Cần thêm thời gian, nhắn ví dụ “xin lùi đến thứ Hai”.
calls-head = Danh sách cần gọi: { $schools } trường chưa hoàn thành
calls-unknown = {" "}· chưa có số điện thoại trong sổ
calls-how = Nộp hộ qua điện thoại: /ghiho. Gia hạn: /giahan. Miễn: /mien.
thanks = Đủ { $count }/{ $count } trường: { $code } { $title }. Cảm ơn các trường.
button-received = Đã nhận
button-my-tasks = Việc của trường tôi
button-done = { $code } đã xong

## answers: what a school is told of its own
read-back = { $school } · { $code }: { $values }.
read-back-at = Đã ghi nhận { $at }.
read-back-on-behalf = Đã ghi hộ { $at }.
read-back-corrected = Đã sửa { $at } (trước đó: { $changes }).
read-back-missing = Còn thiếu: { $fields }.
read-back-late = Đã quá hạn.
read-back-close = Sai chỗ nào, trả lời tin này.
recorded-month = nhiệm vụ tháng
recorded-done = { $school } · { $what }: đã ghi nhận hoàn thành.
recorded-received = { $school } · { $what }: đã ghi nhận là đã nhận.
recorded-done-on-behalf = { $school } · { $what }: đã ghi hộ là hoàn thành.
recorded-received-on-behalf = { $school } · { $what }: đã ghi hộ là đã nhận.
fault-close = { $address } gửi lại số đúng giúp ạ.
fault-example = Ví dụ: { $code } { $example }
fault-missing = Chưa có { $label }.
fault-too-small = Số { $label } { $given } nhỏ hơn mức thấp nhất { $min }.
fault-too-large = Số { $label } { $given } lớn hơn mức cao nhất { $max }.
fault-more-than = Số { $label } { $given } lớn hơn { $of } { $whole }.
fault-sum = { $parts } cộng lại là { $sum }, khác { $total } { $given }.
withdrawn = { $school } · { $code }: đã bỏ số liệu vừa gửi. Trường gửi lại khi có số đúng.
promised = Đã ghi: { $code } sẽ gửi trước { $until }.
extension-asked = { $school } xin lùi { $code } đến { $until } ({ $due }).
extension-words = Lời trường: “{ $words }”
extension-passed-on = Đã chuyển chuyên viên: xin lùi { $code } đến { $until }. Có trả lời sẽ báo ngay.
extension-granted = { $school } · { $code }: được gia hạn đến { $until }.
extension-refused = { $school } · { $code }: chưa được gia hạn ({ $due }). Trường cố gắng gửi đúng hạn.
extension-was-granted = { $school } · { $code }: việc xin lùi này đã được đồng ý từ trước.
extension-was-refused = { $school } · { $code }: việc xin lùi này đã bị từ chối từ trước.
exempted = { $school } · { $code }: được miễn. Lý do: { $reason }.
unable = { $school } báo vướng { $code }: “{ $words }”
asked = { $school } hỏi về { $code }: “{ $words }”
some-task = công việc
mine-none = { $school } không còn việc nào phải làm. Đã xong { $done } việc.
mine-head = { $school } còn { $count } việc:
mine-until = , { $until }
mine-missing = , còn thiếu { $fields }
mine-how = Trả lời bằng mã việc, ví dụ “{ $code } đã xong”.
status-not-yet-due = chưa đến hạn
status-due-soon = sắp đến hạn
status-overdue = quá hạn
status-done-on-time = hoàn thành đúng hạn
status-done-late = hoàn thành trễ hạn
status-exempt = được miễn
status-extended = được gia hạn
button-grant = Đồng ý
button-refuse = Từ chối

## asking: once, with an example; and joining
ask-which-task = { $address } báo giúp việc nào ạ:
ask-example = Ví dụ: { $example }
ask-which-school = { $address } báo giúp của trường nào ạ: { $schools }? Ví dụ: { $example }
ask-confirm = { $school } · { $code } { $title }: { $values }. { $address } xem giúp đúng chưa ạ? Trả lời “đúng”, hoặc gửi lại số.
ask-which-field = { $address } ghi rõ giúp { $figures } là số gì ạ. Ví dụ: { $example }
ask-until-when = { $address } xin lùi { $code } đến ngày nào ạ? Ví dụ: xin lùi đến 20/10
ask-done = { $code } { $title }: { $address } báo giúp đã xong hay chưa ạ?
ask-where = { $code }: chưa thấy số liệu hoặc tệp kèm theo. { $address } gửi giúp ạ. Ví dụ: { $example }
button-yes = Đúng
button-no = Chưa
button-approve = Duyệt
button-reject = Không duyệt
join-how = Đây là tin tự động của phòng. Để dùng, gõ /dangky và mã được cấp, ví dụ: /dangky HS7K-2MPQ. Chưa có mã, gõ tên trường, ví dụ: /dangky MN Hoa Sen; chuyên viên sẽ duyệt.
join-school = Đã ghi nhận anh/chị là người của { $school }, thuộc { $office }. Gõ /viec để xem việc của trường.
join-officer = Đã ghi nhận anh/chị là cán bộ của { $office }. Gõ /trogiup để xem các lệnh.
join-bad-code = Mã này không đúng, đã dùng hoặc đã hết hạn. Đề nghị xin chuyên viên mã mới.
join-waiting = Đã gửi yêu cầu vào { $school }. Chuyên viên duyệt xong sẽ báo ngay.
join-request = { $name } xin vào { $school }.
join-bound = Trường đã có: { $people }.
join-refused = Yêu cầu vào { $school } chưa được duyệt. Đề nghị liên hệ chuyên viên.
join-approved = Đã duyệt { $name } vào { $school }.
join-rejected = Đã không duyệt { $name } vào { $school }.
join-code-school = Mã của { $school }: { $code }. Dùng một lần, trước ngày { $until }. Người nhận gõ: /dangky { $code }
join-code-officer = Mã cho cán bộ: { $code }. Dùng một lần, trước ngày { $until }. Người nhận gõ: /dangky { $code }
no-such-school = Không có trường nào tên “{ $given }” trong sổ.
no-such-school-nearest = Không có trường nào tên “{ $given }” trong sổ. Gần nhất: { $nearest }.
several-schools = “{ $given }” có thể là: { $names }. Đề nghị ghi rõ hơn, hoặc dùng mã trường.

## commands: help and faults
hello-bound = Đây là tin tự động. Việc mỗi tháng sẽ đăng ở nhóm này; các trường trả lời ngay trong nhóm. Gõ /trogiup để xem cách dùng.
hello-unbound = Đây là tin tự động. Chuyên viên gõ /nhom để gắn nhóm này với đơn vị.
broken = Có trục trặc, chưa ghi nhận được. Đề nghị gửi lại sau ít phút; nếu vẫn vậy, báo mã { $code } cho người vận hành.
nothing = Đã ghi nhận.
help-head = Các lệnh
help-more = Gõ /trogiup và tên lệnh để xem ví dụ, ví dụ: /trogiup giao
command-unknown = Không có lệnh “{ $given }”. Gõ /trogiup để xem các lệnh.
command-unknown-nearest = Không có lệnh “{ $given }”. Có phải { $nearest }?
command-missing = { $address } ghi thêm { $part } giúp ạ.
part-task = mã việc
part-school = tên trường
part-date = ngày hạn
part-text = nội dung việc
part-values = số liệu
part-code = mã hoặc tên trường
part-reason = lý do
no-such-task = Không có việc { $given }. Đang mở: { $open }.
no-such-task-none = Không có việc { $given }. Hiện không có việc nào đang mở.
bad-date = Không đọc được ngày “{ $given }”. Ghi ví dụ: 17/10 hoặc 16h 17/10.
past-date = Ngày { $date } đã qua.
bad-form = Không đọc được phần biểu “{ $given }”. Ghi ví dụ: biểu: tổng số trẻ, cân đo <= tổng số trẻ, nhẹ cân
not-allowed = Lệnh này dành cho cán bộ phòng.
no-form = { $code } không có biểu số liệu. Xong thì gõ: { $code } đã xong
help-giao = giao một việc, có hạn và biểu
help-dang = đăng việc đã soạn, lịch năm, hoặc việc của tháng
help-sua = sửa hạn, nội dung, biểu, phạm vi của việc
help-bo = bỏ việc đã soạn hoặc rút việc đã đăng
help-tinhhinh = trường nào đã, trường nào chưa
help-nhac = nhắc ngay các trường còn thiếu
help-giahan = gia hạn cho một trường, hoặc dời hạn cho tất cả
help-dongy = đồng ý cho trường lùi hạn
help-tuchoi = từ chối cho trường lùi hạn
help-mien = miễn một việc cho trường
help-ghiho = ghi hộ câu trả lời của trường qua điện thoại
help-truong = tìm trường và người phụ trách
help-lich = xem việc của một tháng
help-ma = tạo mã vào cho trường hoặc cán bộ
help-duyet = duyệt người xin vào
help-khongduyet = không duyệt người xin vào
help-nghi = thêm ngày nghỉ riêng của đơn vị
help-lamviec = bỏ ngày nghỉ, làm việc bình thường
help-nhom = gắn nhóm này với đơn vị
help-viec = việc trường còn phải làm
help-nop = nộp số liệu của một việc
help-nhan = báo đã nhận
help-xong = báo đã xong
help-dangky = vào bằng mã, hoặc xin vào theo tên trường
help-huy = bỏ câu hỏi đang chờ trả lời
help-trogiup = các lệnh và ví dụ
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
draft-head = Bản soạn { $code}, dành cho { $schools } trường. Chưa đăng.
button-publish = Đăng
button-drop = Bỏ
button-agree = Dùng lịch này
posted-head = VIỆC MỚI
published = { $code } đã đăng ở { $groups } nhóm, { $schools } trường cần trả lời.
published-again = { $code } đã đăng từ trước.
dropped = Đã bỏ { $code } { $title }.
dropped-posted = { $code } { $title } được rút, các trường không phải làm nữa.
due-moved = { $code } { $title }: hạn mới là { $to } (trước là { $from }).
due-moved-why = Lý do: { $why }.
overview-none = Hiện không có việc nào đang mở.
overview-head = { $count } việc đang mở
overview-how = Xem từng việc: /tinhhinh { $code }
standing-line = { $status } ({ $count }): { $schools }
standing-sums = Cộng đến lúc này: { $sums }
reminded = Đã nhắc { $code }: { $missing } trường còn thiếu, { $people } tin riêng, { $groups } nhóm.
nobody-missing = { $code }: không còn trường nào thiếu.
schools-head = { $count } trường
schools-found = “{ $query }”: { $count } trường
schools-nobody = chưa có người đăng ký
schools-closed = {" "}· đã ngừng hoạt động
plan-none = Tháng { $month } chưa có việc nào.
plan-ahead = Tháng { $month }, sẽ đăng { $day }
plan-posted = Tháng { $month }, đã đăng
doubts-more = … và { $count } chỗ khác nên xem lại.
schedule-year = Lịch năm học { $year }.
schedule-rolled = Lịch năm học { $from }, đã chuyển sang năm học { $to }.
schedule-month = Tháng { $month }: { $tasks } việc, { $deadlines } hạn
schedule-replaces = Lịch { $year } đang dùng sẽ được thay; việc đã đăng giữ nguyên.
schedule-how = Xem từng tháng bằng /lich 10, sửa bằng /sua, rồi bấm dùng lịch. Chưa bấm thì chưa đăng gì.
schedule-active = Đã dùng lịch năm học { $year }: { $tasks } việc.
schedule-next = Kỳ đăng tới: tháng { $month }, lúc { $hour } { $day }.
schedule-dropped = Đã bỏ bản lịch này.
register-imported = Đã nhập sổ trường: thêm { $added }, sửa { $changed }, giữ nguyên { $same }.
day-off = Ngày { $date } là ngày nghỉ: { $reason }. Các kỳ nhắc đã tính lại.
day-working = Ngày { $date } làm việc bình thường. Các kỳ nhắc đã tính lại.
group-bound = Nhóm “{ $title }” đã gắn với { $office }, { $schools } trường.
fair-day-off = ⚠ Hạn rơi vào ngày nghỉ ({ $day }).
fair-short = ⚠ Chỉ còn { $hours } giờ làm việc.
fair-same-day = ⚠ Cùng ngày còn { $others } hạn khác.
fair-past = ⚠ Hạn { $day } đã qua.

## doubt: dates taken over from another year
doubt-at-line = dòng { $line }: { $doubt }
rolled = { $from } chuyển thành { $to }
rolled-moved = { $from } chuyển thành { $to }, vì { $why }
rolled-outside = { $date } không thuộc tháng của việc này
why-weekend = rơi vào cuối tuần
why-new-year = nghỉ Tết Dương lịch
why-tet = nghỉ Tết Nguyên đán
why-hung-kings = nghỉ Giỗ Tổ Hùng Vương
why-victory = nghỉ Ngày Chiến thắng 30/4
why-labour = nghỉ Quốc tế Lao động
why-national = nghỉ Quốc khánh
why-substitute-new-year = nghỉ bù Tết Dương lịch
why-substitute-tet = nghỉ bù Tết Nguyên đán
why-substitute-hung-kings = nghỉ bù Giỗ Tổ Hùng Vương
why-substitute-victory = nghỉ bù Ngày Chiến thắng 30/4
why-substitute-labour = nghỉ bù Quốc tế Lao động
why-substitute-national = nghỉ bù Quốc khánh
why-swapped = nghỉ hoán đổi
why-closure = ngày nghỉ riêng của đơn vị
why-no-such-day = tháng này không có ngày ấy
why-late = lịch được duyệt sau ngày đăng thường lệ
