use super::super::figures::numbers;
use super::super::marks::marks;
use super::super::roles::take_rests;
use super::super::testing::field;
use super::*;

/// Labels of a form with their kinds.
type Labels<'a> = &'a [(&'a str, FieldKind)];

fn bound(labels: Labels, text: &str) -> String {
    let form = Form { fields: labels.iter().map(|(l, k)| field(l, *k)).collect(), ..Form::default() };
    let line = Line::new(text);
    let marks = marks(&line, &[]);
    let hits = phrases().find(&line);
    let (mut figures, mut consumed) = numbers(&line, &(0..line.len()), &marks, &hits);
    if super::super::labels::asks_who_is_not(&form) {
        take_rests(&line, &hits, &mut figures, &mut consumed);
    }
    let bound = Names::new(&form).bind(&Stretches::new(&line), &figures, None);
    let mut shown: Vec<String> = bound
        .values
        .iter()
        .map(|(k, v)| match v {
            Value::Figure(n) => format!("{k}={n}"),
            other => format!("{k}={other:?}"),
        })
        .collect();
    shown.extend(bound.loose.iter().map(|f| format!("?{}", f.printed)));
    shown.join(" ")
}

#[test]
fn words_lead_to_fields() {
    use FieldKind::{Count, Money, Percent};
    let table: [(Labels, &str, &str); 19] = [
        (
            &[("tổng thu", Money), ("tổng chi", Money)],
            "tổng thu 187.500.000đ, tổng chi 142.350.000đ",
            "tong_chi=142350000 tong_thu=187500000",
        ),
        (
            &[("tổng thu", Money), ("tổng chi", Money)],
            "thu 3tr5 chi 1tr2 chị nhé",
            "tong_chi=1200000 tong_thu=3500000",
        ),
        (&[("kinh phí", Money)], "kinh phí 178", "?178"),
        (&[("ca mắc mới", Count), ("cộng dồn", Count)], "3 ca mới, cộng dồn 14", "ca_mac_moi=3 cong_don=14"),
        (&[("số lớp", Count), ("số trẻ", Count)], "18 lớp 512 trẻ", "so_lop=18 so_tre=512"),
        (&[("số lớp", Count), ("số trẻ", Count)], "Trường em 11 lớp/268 cháu", "so_lop=11 so_tre=268"),
        (&[("số trẻ", Count), ("trẻ 5 tuổi", Count)], "98 cháu 5 tuổi, 320 cháu", "so_tre=320 tre_5_tuoi=98"),
        (&[("số trẻ", Count)], "cháu mới đến 2", "?2"),
        (&[("tỷ lệ chuyên cần", Percent)], "tỷ lệ 97,5%", "ty_le_chuyen_can=9750"),
        (&[("giáo viên dự thi", Count)], "ba cô dự thi", "giao_vien_du_thi=3"),
        (&[("số người", Count)], "đăng ký 4 người, gọi 0912345678", "so_nguoi=4"),
        (&[("số người", Count)], "cô Hà lớp 5A, cô Vân 4B, cô Mơ NT2", ""),
        (
            &[("nhà trẻ", Count), ("mẫu giáo", Count), ("tổng số trẻ", Count)],
            "NT 45, MG 210, tổng 255",
            "mau_giao=210 nha_tre=45 tong_so_tre=255",
        ),
        (
            &[("CBQL", Count), ("GV", Count), ("biên chế", Count), ("NV", Count)],
            "cbql 3, gv 24 (biên chế 20), nv 6",
            "bien_che=20 cbql=3 gv=24 nv=6",
        ),
        (&[("vắng", Count), ("ốm", Count)], "vắng 5, trong đó ốm 4", "om=4 vang=5"),
        (
            &[("số sổ sách", Count), ("số bàn ghế", Count)],
            "sổ sách 12, bàn ghế 30",
            "so_ban_ghe=30 so_so_sach=12",
        ),
        (
            &[("số bình chữa cháy", Count), ("số người tập huấn", Count)],
            "11 bình, 20 người tập huấn",
            "so_binh_chua_chay=11 so_nguoi_tap_huan=20",
        ),
        (&[("có mặt", Count), ("vắng", Count)], "hôm nay đi 88, vắng 4", "co_mat=88 vang=4"),
        (&[("số cháu", Count), ("số cô", Count)], "40 cháu, 5 co", "so_chau=40 so_co=5"),
    ];
    for (form, text, want) in table {
        assert_eq!(bound(form, text), want, "{text}");
    }
}

/// One form, and what messages put into it; figures that found no field behind a question mark.
fn table(labels: Labels, cases: &[(&str, &str)]) {
    for (text, want) in cases {
        assert_eq!(bound(labels, text), *want, "{text}");
    }
}

#[test]
fn what_was_said_before_or_for_each_is_not_the_figure() {
    use FieldKind::{Count, Money};
    table(
        &[("cận nghèo", Count), ("số sáng kiến", Count)],
        &[
            ("cận nghèo giảm 1 còn 10 ạ, hôm qua em báo 11", "can_ngheo=10 ?1"),
            ("can ngheo giam 1 con 10", "can_ngheo=10 ?1"),
            ("sáng kiến em rút 1 còn 5", "so_sang_kien=5 ?1"),
            ("cận nghèo tăng 2 thành 12", "can_ngheo=12"),
            ("sáng kiến 6, công văn ghi 5 do lỗi đánh máy", "so_sang_kien=6"),
            ("cận nghèo 12, tin trước em ghi nhầm 21", "can_ngheo=12"),
            ("cận nghèo 5+3=8", "can_ngheo=8"),
            ("hôm qua em báo 11 cận nghèo", "can_ngheo=11"),
        ],
    );
    table(
        &[("số suất", Count), ("số tiền", Money)],
        &[
            ("20 suất, mỗi suất 300k, tổng 6 triệu", "so_suat=20 so_tien=6000000 ?300k"),
            ("20 suất, mới nhận 3 triệu", "so_suat=20 so_tien=3000000"),
            ("15 suất quà, 4 triệu 500", "so_suat=15 so_tien=4500000"),
            ("tặng 12 suất, 3tr6", "so_suat=12 so_tien=3600000"),
        ],
    );
    table(
        &[("bán trú", Count), ("mức thu", Money)],
        &[
            ("bán trú 188, mức thu 25.000đ/cháu/ngày", "ban_tru=188 muc_thu=25000"),
            ("mức thu 25k một ngày, bán trú 188", "ban_tru=188 muc_thu=25000"),
        ],
    );
}

#[test]
fn who_is_not_yet_is_not_who_is() {
    table(
        &[("tiêm đủ mũi", FieldKind::Count), ("chưa tiêm", FieldKind::Count)],
        &[
            ("đủ mũi 290, chưa 15", "chua_tiem=15 tiem_du_mui=290"),
            ("290 tiem du mui, 15 chua", "chua_tiem=15 tiem_du_mui=290"),
            ("đã tiêm 290 cháu, chưa tiêm 15 cháu", "chua_tiem=15 tiem_du_mui=290"),
            ("chưa 15 cháu, đủ mũi 290 cháu", "chua_tiem=15 tiem_du_mui=290"),
            ("chưa đủ mũi 15", "?15"),
        ],
    );
}

#[test]
fn shares_units_and_ages() {
    table(
        &[("số trẻ", FieldKind::Count), ("có mặt", FieldKind::Count), ("nữ", FieldKind::Count)],
        &[
            ("có mặt 245/250", "co_mat=245 so_tre=250"),
            ("đi học 245 trên tổng số 250", "co_mat=245 so_tre=250"),
            ("có mặt hai trăm bốn lăm trên hai trăm rưỡi", "co_mat=245 so_tre=250"),
            ("có mặt 8 ca", "co_mat=8"),
            ("5t: 93 cháu, nữ 44", "nu=44 ?93"),
            ("sĩ số 245 trên 250", "co_mat=245 so_tre=250"),
            ("có mặt 245, nữ O", "co_mat=245 nu=0"),
            ("có mặt 245, nữ không", "co_mat=245 nu=0"),
            ("có mặt 245 cháu lớp Lá 2 vì mưa", "co_mat=245"),
        ],
    );
}

#[test]
fn numbers_of_things_are_no_figures() {
    table(
        &[("số người", FieldKind::Count)],
        &[
            ("lỗi 503 không vào được", ""),
            ("bản trước sai ở trang 3", ""),
            ("em nộp ở phòng 204", ""),
            ("mật khẩu là 2468", ""),
            ("cô Xuân sinh bé 3kg2", ""),
            ("em đánh thiếu số 1", ""),
            ("cháu sinh 2022", ""),
            ("4 người: cô Hoa, thầy Nam, cô Tám", "so_nguoi=4"),
        ],
    );
}

#[test]
fn nothing_of_a_kind_is_zero() {
    table(
        &[("ca mắc", FieldKind::Count), ("hộ nghèo", FieldKind::Count), ("cận nghèo", FieldKind::Count)],
        &[
            ("không có cháu nào thuộc hộ nghèo", "ho_ngheo=0"),
            ("không có cháu nào mắc bệnh", "ca_mac=0"),
            ("ko ghi nhận ca nào", "ca_mac=0"),
            ("tuần này không phát hiện ca mắc nào ạ", "ca_mac=0"),
            ("hộ nghèo với cận nghèo đều không", "can_ngheo=0 ho_ngheo=0"),
            ("nghèo, cận nghèo đều không có ạ", "can_ngheo=0 ho_ngheo=0"),
            ("không có cháu nào", ""),
            ("không có công văn nào", ""),
        ],
    );
}

#[test]
fn rows_of_figures_and_of_a_sheet() {
    let labels: Labels = &[
        ("tổng", FieldKind::Count),
        ("cân đo", FieldKind::Count),
        ("nhẹ cân", FieldKind::Count),
        ("béo phì", FieldKind::Count),
    ];
    table(
        labels,
        &[
            ("198-195-7-3", "beo_phi=3 can_do=195 nhe_can=7 tong=198"),
            ("198/195/7/3", "beo_phi=3 can_do=195 nhe_can=7 tong=198"),
            ("STT\tTổng\tCân đo\tNC\tBP\n1\t198\t195\t7\t3", "beo_phi=3 can_do=195 nhe_can=7 tong=198"),
            ("nhẹ cân 7 ngày 12-10-2026", "nhe_can=7"),
            ("198 / 195 / 7 / 3", "beo_phi=3 can_do=195 nhe_can=7 tong=198"),
            ("195-5-10-21", "beo_phi=21 can_do=5 nhe_can=10 tong=195"),
            ("tuần 44 nhẹ cân 7", "nhe_can=7"),
            ("nhẹ cân hăm hai cháu", "nhe_can=22"),
            ("nhẹ cân em ghi 4, cô y tế đếm 6 mới phải", "nhe_can=6"),
        ],
    );
}

#[test]
fn what_has_no_name_of_its_own_goes_where_only_one_place_is_left() {
    table(
        &[("trẻ cân đo", FieldKind::Count), ("nhẹ cân", FieldKind::Count), ("thừa cân", FieldKind::Count)],
        &[
            ("cân: 241, nhẹ cân 10, thừa cân 3", "nhe_can=10 thua_can=3 tre_can_do=241"),
            (
                "cân: 241, nhẹ cân 10 (4,1%), thừa cân 3 (1,2%)",
                "nhe_can=10 thua_can=3 tre_can_do=241 ?4,1% ?1,2%",
            ),
        ],
    );
    table(
        &[("3 tuổi", FieldKind::Count), ("4 tuổi", FieldKind::Count), ("5 tuổi", FieldKind::Count)],
        &[("- 3 tuổi: 28\n- 4 tuổi: 33\n- 5 tuổi: 40", "3_tuoi=28 4_tuoi=33 5_tuoi=40")],
    );
    table(
        &[("số lớp", FieldKind::Count), ("số trẻ", FieldKind::Count)],
        &[("lớp Mầm 42, lớp Chồi 57, lớp Lá 61, tổng 160 trẻ", "so_tre=160 ?42 ?57 ?61")],
    );
    table(
        &[("số trẻ ăn", FieldKind::Count), ("tiền ăn một ngày", FieldKind::Money)],
        &[("tiền ăn mỗi ngày 25k một bé", "tien_an_mot_ngay=25000")],
    );
}
