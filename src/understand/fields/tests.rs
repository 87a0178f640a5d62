use super::super::figures::numbers;
use super::super::marks::marks;
use super::super::testing::field;
use super::*;

/// Labels of a form with their kinds.
type Labels<'a> = &'a [(&'a str, FieldKind)];

fn bound(labels: Labels, text: &str) -> String {
    let form = Form { fields: labels.iter().map(|(l, k)| field(l, *k)).collect(), ..Form::default() };
    let line = Line::new(text);
    let marks = marks(&line, &[]);
    let hits = phrases().find(&line);
    let (figures, _) = numbers(&line, &(0..line.len()), &marks, &hits);
    let bound = Names::new(&form).bind(&line, &figures, None);
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
    let table: [(Labels, &str, &str); 16] = [
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
    ];
    for (form, text, want) in table {
        assert_eq!(bound(form, text), want, "{text}");
    }
}
