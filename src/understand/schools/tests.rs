use super::super::testing::schools;
use super::*;

fn index() -> (SchoolIndex, Vec<School>) {
    let schools = schools();
    (SchoolIndex::new(&schools), schools)
}

fn found(text: &str) -> Vec<String> {
    let (index, schools) = index();
    let short = |id: &SchoolId| schools.iter().find(|s| s.id == *id).unwrap().short_name.clone();
    let line = Line::new(text);
    index
        .find(&line)
        .iter()
        .map(|f| match &f.who {
            Who::One { id, sure: true } => short(id),
            Who::One { id, sure: false } => format!("~{}", short(id)),
            Who::Several(ids) => ids.iter().map(short).collect::<Vec<_>>().join("|"),
            Who::Unknown(_) => format!("?{}", line.printed(f.tokens.clone())),
        })
        .collect()
}

#[test]
fn names_in_messages() {
    let table: [(&str, &[&str]); 24] = [
        ("MN Hoa Sen 1 đã nhận ạ", &["MN Hoa Sen 1"]),
        ("Trường Mầm non Hoa Sen 2: 320 trẻ", &["MN Hoa Sen 2"]),
        ("hoa sen 01 320 12 5", &["MN Hoa Sen 1"]),
        ("Hoa Sen 320 trẻ", &["MN Hoa Sen 1|MN Hoa Sen 2"]),
        ("MN Hoa Mai: 12", &["MN Hoa Mai"]),
        ("MG Hoa Mai: 12", &["MG Hoa Mai"]),
        ("hoa mai 312 11 6", &["MN Hoa Mai|MG Hoa Mai"]),
        ("MN 20/10 nộp rồi", &["MN 20/10"]),
        ("trường 8-3 xin mai", &["MN 8-3"]),
        ("hạn 20/10 em nộp", &[]),
        ("mai em nộp", &[]),
        ("MN Mai nộp rồi", &["MN Mai"]),
        ("truong mn tran an da nhan", &["~MN Tràng An"]),
        ("MN Trang An", &["MN Tràng An"]),
        ("son ca 198 trẻ", &["MN Sơn Ca"]),
        ("trường em nộp rồi", &[]),
        ("trường mình 320 trẻ", &[]),
        ("cô Hoa Mai lớp 5A", &[]),
        ("MN Ban Mai nộp, MN Hoa Sữa xin mai", &["MN Ban Mai", "MN Hoa Sữa"]),
        ("MN Hoa Sưa", &["MN Hoa Sữa"]),
        ("MN Phượng Vỹ: 30", &["?MN Phượng Vỹ"]),
        ("MN Hoa Sen 3: 30", &["MN Hoa Sen 1|MN Hoa Sen 2"]),
        ("từ ban mai tới tối", &["MN Ban Mai"]),
        ("MN003 nộp", &["MN Hoa Sen 2"]),
    ];
    for (text, want) in table {
        assert_eq!(found(text), want, "{text}");
    }
}

#[test]
fn names_as_arguments() {
    let (index, schools) = index();
    let id = |n: usize| schools[n].id;
    assert_eq!(index.lookup("Sơn Ca"), Who::One { id: id(6), sure: true });
    assert_eq!(index.lookup("mai"), Who::One { id: id(8), sure: true });
    assert_eq!(index.lookup("Hoa Sen"), Who::Several(vec![id(1), id(2)]));
    assert_eq!(index.lookup("Hoa Mai"), Who::Several(vec![id(0), id(5)]));
    assert_eq!(index.lookup("MG Hoa Mai"), Who::One { id: id(5), sure: true });
    assert_eq!(index.lookup("trang ang"), Who::One { id: id(7), sure: false });
    assert!(matches!(index.lookup("Bông Lúa"), Who::Unknown(_)));
}
