//! What holds for every message.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::key::words;
use super::learned::examples;
use super::testing::World;
use super::{Act, Asked, Binding, By, Given, Intent, command};
use crate::domain::{ConfirmationLevel, FieldKind, TaskId, Value, Values};
use crate::vietnamese::fold;

fn claims_done(acts: &[Act]) -> bool {
    acts.iter().any(|act| {
        act.is_certain() && matches!(act.intent, Intent::Confirm(ConfirmationLevel::Done) | Intent::Submit(_))
    })
}

fn figures(acts: &[Act]) -> Vec<i64> {
    let values = acts.iter().filter_map(Act::given).flat_map(|given| given.values.values());
    values.filter_map(|value| if let Value::Figure(n) = value { Some(*n) } else { None }).collect()
}

fn loose(acts: &[Act]) -> Vec<i64> {
    acts.iter().filter_map(Act::given).flat_map(|given| &given.loose).map(|f| f.hundredths / 100).collect()
}

/// Words of such messages, to be thrown together.
fn word() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "em",
        "nộp",
        "rồi",
        "ạ",
        "chưa",
        "không",
        "gửi",
        "xong",
        "337",
        "nhẹ",
        "cân",
        "13",
        "béo phì",
        "6",
        "MN",
        "Hoa Mai",
        "Hoa Sen",
        "17/10",
        "V2",
        "xin",
        "đến",
        "thứ 6",
        ",",
        ":",
        "?",
        "/",
        "-",
        "97,5%",
        "3tr5",
        "0912345678",
        "chị",
        "mai",
        "tổng",
        "trẻ",
        "\n",
        "không phải",
        "thành",
        "nhầm",
        "ba",
        "trăm",
        "https://a.example.org/b",
        "(",
        ")",
        "20/10",
        "việc",
        "2",
        "k",
        "👍",
        "\"",
        "+",
        "giao việc",
    ])
}

/// Every number that a text says, whole and in hundredths; 0 where it says "không" in any spelling.
fn numbers_said(text: &str) -> Vec<i64> {
    let line = super::line::Line::new(text);
    let amounts = (0..line.len())
        .filter_map(|at| line.amount(at))
        .flat_map(|(amount, _)| [amount.whole(), amount.hundredths()]);
    let nothing = (0..line.len()).any(|at| line.is(at, words!["khong"])).then_some(0);
    amounts.flatten().chain(nothing).collect()
}

proptest! {
    /// What stands behind "nhưng" in words that no list holds may be anything, so it is never done.
    #[test]
    fn a_claim_that_turns_to_unknown_words_is_never_done(
        claim in prop::sample::select(vec!["em nộp rồi", "đã gửi", "xong rồi chị", "trường em làm xong", "gửi hết rồi"]),
        words in prop::collection::vec(
            prop::sample::select(vec!["quẹo", "lủng", "xệ", "bấn", "nhão", "móp", "vênh", "khựng", "lụn", "tịt"]),
            2..5,
        ),
    ) {
        let text = format!("{claim} nhưng {}", words.join(" "));
        prop_assert!(!claims_done(&World::new().quoting(6).read(&text)), "{text}");
    }

    #[test]
    fn no_text_panics(text in "\\PC{0,80}", more in prop::collection::vec(word(), 0..20)) {
        for world in [World::new(), World::new().quoting(2), World::new().officer()] {
            for text in [text.clone(), more.join(" "), more.concat(), format!("/giao {text}; hạn {}", more.join(" ")), format!("/{}", more.join(" "))] {
                let _ = world.read(&text);
                let _ = world.with(|context| command(&text, true, context).is_some());
            }
        }
    }

    /// Words as people put them: two halves of messages, one behind the other.
    #[test]
    fn no_message_panics(first in any::<prop::sample::Index>(), second in any::<prop::sample::Index>(), cut in any::<prop::sample::Index>()) {
        static MESSAGES: LazyLock<Vec<String>> =
            LazyLock::new(|| examples().unwrap().into_iter().map(|example| example.text).collect());
        let (first, second) = (first.get(&MESSAGES), second.get(&MESSAGES));
        let halves: Vec<&str> = first.split_whitespace().collect();
        let half = halves[..cut.index(halves.len() + 1)].join(" ");
        for world in [World::new(), World::new().quoting(2), World::new().quoting(5)] {
            let _ = world.read(first);
            let _ = world.read(&format!("{half} {second}"));
            let _ = world.read(&format!("{second}\n{half}"));
        }
    }

    #[test]
    fn every_number_stored_was_said(words in prop::collection::vec(word(), 1..16), noise in "[0-9a-zà-ỹ ,./:+=-]{0,30}") {
        for text in [words.join(" "), format!("{} {noise}", words.join(" "))] {
            for world in [World::new(), World::new().quoting(2), World::new().quoting(5)] {
                let said = numbers_said(&text);
                for n in figures(&world.read(&text)) {
                    prop_assert!(said.contains(&n), "{} of {:?} in {:?}", n, said, text);
                }
            }
        }
    }

    #[test]
    fn what_denies_is_never_done(
        before in prop::sample::select(vec!["", "dạ ", "MN Hoa Mai ", "em ", "báo cáo chị "]),
        denial in prop::sample::select(vec!["chưa", "chua", "không", "ko", "k", "chuwa", "hok", "chẳng", "đâu có"]),
        verb in prop::sample::select(vec!["nộp", "gửi", "nop", "xong", "hoàn thành", "nhập", "làm", "nộp xong", "gửi được"]),
        after in prop::sample::select(vec!["", " được", " đc ạ", " chị ơi", " rồi", " hết ạ", " vì mạng lỗi", " đâu ạ", " 100%"]),
    ) {
        let text = format!("{before}{denial} {verb}{after}");
        for world in [World::new(), World::new().quoting(2), World::new().quoting(6)] {
            prop_assert!(!claims_done(&world.read(&text)), "{} {:?}", text, world.read(&text));
        }
    }

    /// Who or what has not, behind a claim; what somebody has heard; a draft; a no that is put as a question.
    #[test]
    fn what_is_only_partly_or_perhaps_done_is_never_done(
        claim in prop::sample::select(vec!["em nộp rồi", "đã gửi", "xong rồi", "y tế đã xong", "tổ 1 làm xong"]),
        rest in prop::sample::select(vec![", kế toán chưa", "; thôn Ngoài chưa", ", lớp Lá chưa ạ", ", điểm lẻ chưa chị"]),
        told in prop::sample::select(vec![
            "nghe nói đã gửi", "thấy bảo nộp rồi", "đã nộp bản nháp", "làm gì đã xong", "xong gì nổi chị", "chốt thế quái nào được",
            "em có nộp hồi nào đâu", "trường em có gửi gì đâu", "xong cơ bản rồi", "tạm xong",
        ]),
    ) {
        for text in [format!("{claim}{rest}"), told.to_owned(), format!("dạ {told}")] {
            for world in [World::new(), World::new().quoting(6)] {
                prop_assert!(!claims_done(&world.read(&text)), "{text} {:?}", world.read(&text));
            }
        }
    }

    /// A word that leaves some out keeps the figure from the field of all.
    #[test]
    fn a_limited_total_is_not_the_total(
        limit in prop::sample::select(vec!["nữ", "khuyết tật", "dân tộc", "5 tuổi", "hộ nghèo"]),
        figure in 20_u32..400,
    ) {
        let acts = World::new().quoting(2).read(&format!("tổng số trẻ {limit} {figure}"));
        prop_assert!(figures(&acts).is_empty(), "{acts:?}");
    }

    #[test]
    fn what_is_asked_is_never_done(
        claim in prop::sample::select(vec!["em nộp", "đã nộp", "gửi rồi", "xong", "nộp báo cáo", "hoàn thành"]),
        end in prop::sample::select(vec![" à", " hả chị", " chưa ạ", " chưa chị", "?", " đúng không ạ", " được không ạ", " không chị", " ở đâu ạ"]),
    ) {
        let text = format!("{claim}{end}");
        prop_assert!(!claims_done(&World::new().quoting(6).read(&text)), "{}", text);
    }

    #[test]
    fn telephones_and_dates_are_no_figures(
        head in prop::sample::select(vec!["nhẹ cân 13, ", "tổng 337 nhẹ cân 13 ", "", "em gửi nhẹ cân 13. "]),
        lead in prop::sample::select(vec!["liên hệ ", "sđt ", "gọi cô Lan ", "zalo "]),
        tail in 10_000_000_u32..99_999_999,
        shape in 0_u8..5,
        (day, month) in (1_u32..=31, 1_u32..=12),
    ) {
        let digits = format!("09{tail}");
        let phone = match shape {
            0 => digits.clone(),
            1 => format!("{} {} {}", &digits[..4], &digits[4..7], &digits[7..]),
            2 => format!("{}.{}.{}", &digits[..4], &digits[4..7], &digits[7..]),
            3 => format!("+84{}", &digits[1..]),
            _ => format!("{}-{}-{}", &digits[..3], &digits[3..6], &digits[6..]),
        };
        let text = format!("{head}{lead}{phone} ngày {day}/{month}");
        let acts = World::new().quoting(2).read(&text);
        let mut got = figures(&acts);
        got.extend(loose(&acts));
        prop_assert!(got.iter().all(|n| [13, 337].contains(n)), "{} {:?}", text, got);
    }

    #[test]
    fn figures_of_one_school_stay_with_it(a in 1_u32..999, b in 1_u32..999) {
        let mut world = World::new().quoting(2);
        world.own = vec![super::testing::id_of("MN Ban Mai"), super::testing::id_of("MN Hoa Sữa")];
        let acts = world.read(&format!("MN Ban Mai nhẹ cân {a}; MN Hoa Sữa nhẹ cân {b}"));
        prop_assert_eq!(acts.len(), 2);
        for (act, (school, n)) in acts.iter().zip([("MN Ban Mai", a), ("MN Hoa Sữa", b)]) {
            prop_assert_eq!(act.school, Some(super::testing::id_of(school)));
            prop_assert_eq!(figures(std::slice::from_ref(act)), vec![i64::from(n)]);
        }
    }

    #[test]
    fn labelled_figures_come_back_in_any_order(order in Just(vec![0_usize, 1, 2, 3, 4]).prop_shuffle(), n in prop::collection::vec(0_i64..2000, 5)) {
        let labels = ["tổng số trẻ", "cân đo", "nhẹ cân", "thấp còi", "béo phì"];
        let keys = ["tong_so_tre", "can_do", "nhe_can", "thap_coi", "beo_phi"];
        let text: Vec<String> = order.iter().map(|i| format!("{} {}", labels[*i], n[*i])).collect();
        let acts = World::new().quoting(2).read(&text.join(", "));
        let given = acts[0].given().unwrap();
        for (key, n) in keys.iter().zip(&n) {
            prop_assert_eq!(given.values.get(*key), Some(&Value::Figure(*n)));
        }
    }
}

/// Frames in which a claim is none: denied, unfinished, to come, supposed, asked, quoted, forbidden, believed, failed.
const FRAMES: [&str; 45] = [
    "S chưa V O",
    "S vẫn chưa V O ạ",
    "S chưa V xong O",
    "S chưa V được O chị ơi",
    "S không V được O",
    "S không V O",
    "S V O không được",
    "S V O mãi không xong",
    "S đã V O đâu",
    "S có V O đâu chị",
    "làm gì mà S V được O",
    "S đang V O",
    "S đang V dở O",
    "S V gần xong O rồi",
    "S sắp V xong O rồi",
    "S mới V được một nửa O",
    "S V O còn 1 lớp nữa thôi",
    "S sẽ V O ạ",
    "mai S V O",
    "lát nữa S V O nhé",
    "để S V O",
    "S định V O",
    "nếu S V xong O thì S báo",
    "khi nào S V xong O S báo chị",
    "chờ S V xong O đã",
    "S V O rồi à chị",
    "S V O chưa chị",
    "S đã V O rồi phải không ạ",
    "S V O ở đâu ạ",
    "bao giờ S phải V O",
    "bot ghi S đã V O",
    "chị nói S V O rồi là sao",
    "“S đã V O” là sao chị",
    "đừng ghi S đã V xong O",
    "S tưởng V O rồi",
    "S V O rồi mà bị trả về",
    "S V O rồi nhưng hệ thống báo lỗi",
    "xin cho S V O sau ạ",
    "S V O xong cơ bản rồi ạ",
    "S V O xong rồi ạ, còn 2 lớp",
    "S đã V xong O, còn mấy biểu ạ",
    "S V xong phần nhân sự O rồi còn phần trẻ",
    "S tạm xong O rồi, V nốt ạ",
    "O coi như xong rồi chị, S V rồi",
    "về cơ bản S đã V xong O",
];

#[test]
fn a_claim_that_is_denied_to_come_supposed_asked_or_quoted_is_never_done() {
    let world = World::new();
    let mut wrong = Vec::new();
    for frame in FRAMES {
        for subject in ["em", "trường em", "bên em", "tụi em", "MN Hoa Mai"] {
            for verb in ["nộp", "gửi", "nhập", "làm", "cập nhật", "báo cáo"] {
                for object in ["V2", "cân đo", "csdl ngành", "báo cáo chuyên cần"] {
                    let text = frame.replace('S', subject).replace('V', verb).replace('O', object);
                    // Without marks "à chị", which asks, is "ạ chị", which does not.
                    let plain = if frame.contains(" à ") { text.clone() } else { fold(&text) };
                    for text in [text, plain] {
                        if claims_done(&world.read(&text)) {
                            wrong.push(text);
                        }
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

/// Words in which nothing is done yet, as they answer a question: own lists, put together.
fn unfinished_answers() -> Vec<String> {
    const SAID: [&str; 32] = [
        "chưa",
        "chưa xong",
        "chưa đâu",
        "vẫn chưa",
        "chưa nộp được",
        "chưa có số",
        "đang làm",
        "đang nhập dở",
        "gần xong",
        "sắp xong rồi",
        "xong một nửa",
        "xong cơ bản",
        "còn 1 lớp nữa",
        "còn mấy biểu",
        "mới được một ít",
        "để em xem lại",
        "để em hỏi lại đã",
        "chiều em gửi",
        "mai em nộp",
        "cho em xin đến thứ 6",
        "chưa, cho em xin đến 20/10",
        "không kịp",
        "không làm được",
        "xong rồi nhưng chưa nộp",
        "xong rồi mà chưa gửi được",
        "nộp rồi mà bị trả về",
        "hình như xong",
        "chắc xong rồi",
        "xong đâu mà xong",
        "không biết nữa",
        "chưa chắc",
        "đợi kế toán chốt",
    ];
    const BEFORE: [&str; 4] = ["", "dạ ", "trường em ", "chị ơi "];
    const AFTER: [&str; 3] = ["", " ạ", " chị ạ"];
    let mut all = Vec::new();
    for said in SAID {
        for before in BEFORE {
            all.extend(AFTER.iter().map(|after| format!("{before}{said}{after}")));
        }
    }
    let framed = FRAMES.iter().filter(|f| !f.contains(" à "));
    all.extend(framed.map(|f| f.replace('S', "em").replace('V', "nộp").replace('O', "báo cáo")));
    let plain: Vec<String> = all.iter().map(|text| fold(text)).collect();
    all.extend(plain);
    all
}

/// Every kind of question that the bot asks, as it waits for its answer.
fn questions(world: &World) -> Vec<(&'static str, Asked)> {
    let task = |code: u32| world.tasks.iter().find(|t| t.code == code).map(|t| t.id).unwrap();
    let school = super::testing::id_of("MN Hoa Mai");
    let act = |task: TaskId, intent: Intent| {
        Box::new(Act {
            school: Some(school),
            named: false,
            task: Binding::Code(task),
            intent,
            doubts: vec![],
        })
    };
    let values: Values = [("tong_so_tre", 337), ("can_do", 330)]
        .into_iter()
        .map(|(key, n)| (key.to_owned(), Value::Figure(n)))
        .collect();
    let done = || Intent::Confirm(ConfirmationLevel::Done);
    let given = || Intent::Submit(Given { values: values.clone(), by: By::Position, ..Given::default() });
    let fields = |task: TaskId, keys: &[&str], given: &Values| Asked::Fields {
        task,
        school,
        fields: keys.iter().map(|k| (*k).to_owned()).collect(),
        given: given.clone(),
    };
    let none = Values::new();
    vec![
        ("done or not", Asked::Confirm { act: act(task(6), done()) }),
        ("right or not", Asked::Confirm { act: act(task(2), given()) }),
        ("which task", Asked::WhichTask { act: act(task(6), done()), tasks: vec![task(6), task(7)] }),
        ("which school", Asked::WhichSchool { act: act(task(6), done()), schools: vec![school] }),
        ("one figure missing", fields(task(2), &["beo_phi"], &none)),
        ("several figures missing", fields(task(2), &["nhe_can", "thap_coi", "beo_phi"], &none)),
        ("a figure refused", fields(task(2), &["can_do"], &values)),
        ("a link missing", fields(task(7), &["link_minh_chung"], &none)),
        ("words missing", fields(task(8), &["ghi_chu"], &none)),
        ("a day missing", fields(task(8), &["ngay_kham"], &none)),
        ("a choice missing", fields(task(8), &["xep_loai"], &none)),
        ("words, a day and a choice missing", fields(task(8), &["ngay_kham", "xep_loai", "ghi_chu"], &none)),
        (
            "odd",
            Asked::Odd {
                task: task(2),
                school,
                fields: vec!["can_do".into()],
                given: values.clone(),
                odd: vec![],
                at: World::now().and_utc(),
            },
        ),
        (
            "until when",
            Asked::UntilWhen { act: act(task(2), Intent::Extension { until: None, reason: String::new() }) },
        ),
    ]
}

/// No question makes a no, or what is under way, done: neither its answer nor what is read beside it.
#[test]
fn an_unfinished_answer_to_any_question_is_never_done() {
    let mut world = World::new();
    let of = |label, kind| super::testing::field(label, kind);
    let choice = crate::domain::Field {
        options: vec!["tốt".into(), "khá".into(), "chưa đạt".into()],
        ..of("xếp loại", FieldKind::Choice)
    };
    let more = vec![of("ngày khám", FieldKind::Date), choice, of("ghi chú", FieldKind::Text)];
    world.tasks.push(super::testing::task(8, "Khám sức khỏe", (20, 10), more));
    let answers = unfinished_answers();
    let mut wrong = Vec::new();
    for (name, asked) in questions(&world) {
        world.asked = Some(asked);
        for text in &answers {
            let acts = world.read(text);
            // A day that is said answers a question for a day only.
            if claims_done(&acts) {
                wrong.push(format!("{name}: {text} {acts:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

proptest! {
    /// Whatever is said to any question, a figure that is stored was said, or stood in the question.
    #[test]
    fn an_answer_stores_only_what_it_says(words in prop::collection::vec(word(), 1..10), which in 0_usize..14) {
        let mut world = World::new();
        let of = |label, kind| super::testing::field(label, kind);
        let more = vec![of("ngày khám", FieldKind::Date), of("xếp loại", FieldKind::Choice), of("ghi chú", FieldKind::Text)];
        world.tasks.push(super::testing::task(8, "Khám sức khỏe", (20, 10), more));
        let asked = questions(&world).swap_remove(which).1;
        world.asked = Some(asked);
        let text = words.join(" ");
        let mut said = numbers_said(&text);
        said.extend([337, 330]);
        let acts = world.read(&text);
        for n in figures(&acts) {
            prop_assert!(said.contains(&n), "{} of {:?} in {:?}", n, said, text);
        }
        for value in acts.iter().filter_map(Act::given).flat_map(|g| g.values.values()) {
            if let Value::Text(words) = value {
                prop_assert!(fold(&text).contains(&fold(words)), "{words:?} in {text:?}");
            }
        }
    }
}

#[test]
fn a_claim_that_stands_by_itself_is_done() {
    let world = World::new();
    let mut wrong = Vec::new();
    for frame in ["S V O rồi ạ", "S đã V xong O", "dạ S V O xong rồi chị", "S vừa V O", "S đã V O hôm qua"]
    {
        for subject in ["em", "trường em", "MN Hoa Mai"] {
            for verb in ["nộp", "gửi", "nhập", "cập nhật"] {
                for object in ["V2", "cân đo", "csdl ngành"] {
                    let text = frame.replace('S', subject).replace('V', verb).replace('O', object);
                    let acts = world.read(&text);
                    if !acts.iter().any(|a| matches!(a.intent, Intent::Confirm(ConfirmationLevel::Done))) {
                        wrong.push(text);
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

/// "Không một bé nào" is one zero, and no 1 inside it.
#[test]
fn a_number_word_inside_a_zero_counts_nothing() {
    for world in [World::new(), World::new().quoting(2), World::new().quoting(5)] {
        assert!(!figures(&world.read("Không một bé nào bị nhẹ cân")).contains(&100));
        assert!(!loose(&world.read("Không một cháu nào bị nhẹ cân")).contains(&1));
    }
}
