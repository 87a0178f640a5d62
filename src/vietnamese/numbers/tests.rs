use super::super::tokens::tokens;
use super::*;

fn first(text: &str) -> Option<Amount> {
    let tokens = tokens(text);
    (0..tokens.len()).find_map(|at| amount_at(text, &tokens, at)).map(|(amount, _)| amount)
}

#[test]
fn whole_amounts() {
    let table = [
        ("1250", 1250),
        ("1.250 trẻ", 1250),
        ("1,250 trẻ", 1250),
        ("1 250 trẻ", 1250),
        ("12 345 678", 12_345_678),
        ("178.500.000đ", 178_500_000),
        ("3tr5", 3_500_000),
        ("4tr250", 4_250_000),
        ("3tr05", 3_050_000),
        ("12tr", 12_000_000),
        ("45 triệu", 45_000_000),
        ("1,5 triệu đồng", 1_500_000),
        ("2 triệu rưỡi", 2_500_000),
        ("2 tỷ 3", 2_300_000_000),
        ("2 tỷ 350 triệu", 2_350_000_000),
        ("1 triệu 200 nghìn", 1_200_000),
        ("500k", 500_000),
        ("25O", 250),
        ("l2", 12),
        ("ba trăm hai mươi", 320),
        ("hai lăm", 25),
        ("hăm hai", 22),
        ("hăm lăm nghìn", 25_000),
        ("ba mốt", 31),
        ("hai mươi tư", 24),
        ("trăm hai", 120),
        ("một trăm lẻ hai", 102),
        ("mot tram le hai chau", 102),
        ("ba tram hai muoi", 320),
        ("một nghìn không trăm linh năm", 1005),
        ("hai nghìn ba", 2300),
        ("một triệu hai trăm nghìn", 1_200_000),
        ("năm chục", 50),
        ("hai trăm rưỡi", 250),
        ("1 triệu 2 ạ", 1_200_000),
        ("góp 1 triệu 2", 1_200_000),
        ("9 triệu 2 chứ không phải 2 triệu 9", 9_200_000),
        ("64 triệu 200", 64_200_000),
        ("64 triệu 200, miễn giảm 9", 64_200_000),
        ("64 trieu 2 tram ngan, mien giam 9", 64_200_000),
        ("64 triệu 2 trăm rưỡi nghìn", 64_250_000),
        ("1 triệu 2 lớp", 1_000_000),
        ("2 phẩy 4 triệu", 2_400_000),
        ("béo phì O", 0),
        ("2 trăm rưỡi", 250),
        ("2 trăm 45", 245),
        ("2 trăm bốn mươi lăm", 245),
        ("2 trăm 5 ạ", 250),
        ("3 chục cháu", 30),
        ("2 tram ngan", 200_000),
        ("12 trăm", 1200),
    ];
    for (text, want) in table {
        assert_eq!(first(text).and_then(|a| a.whole()), Some(want), "{text}");
    }
}

#[test]
fn decimals_stay_decimals() {
    let table = [
        ("97,5%", 9750),
        ("96.3 phần trăm", 9630),
        ("95 phẩy 5 phần trăm", 9550),
        ("chín mươi bảy phẩy hai lăm phần trăm", 9725),
        ("97 chấm 5 %", 9750),
        ("2,0%", 200),
        ("0,25", 25),
        ("100%", 10_000),
    ];
    for (text, want) in table {
        let amount = first(text).unwrap();
        assert_eq!(amount.hundredths(), Some(want), "{text}");
        assert_eq!(amount.percent, text != "0,25", "{text}");
    }
    assert_eq!(first("97,5").unwrap().whole(), None);
}

#[test]
fn numbers_in_a_row_are_a_list() {
    let text = "12 320 5";
    let tokens = tokens(text);
    assert_eq!(amount_at(text, &tokens, 0).map(|(a, next)| (a.digits, next)), Some((12, 1)));
    assert_eq!(amount_at(text, &tokens, 1).map(|(a, next)| (a.digits, next)), Some((320, 2)));
    assert!(first("1 250").unwrap().spaced);
}

#[test]
fn words_that_are_no_numbers() {
    for text in ["bé nam", "cô Tam", "về sau", "tu thục ạ"] {
        assert_eq!(first(text), None, "{text}");
    }
    for text in ["từ trường", "Năm", "sáng mai", "tỷ lệ", "lẻ"] {
        let got = first(text);
        assert!(got.is_none() || text == "Năm", "{text}: {got:?}");
    }
}

/// 0 to 9999 as schoolbooks spell it.
fn spelled(n: i64) -> String {
    const DIGITS: [&str; 10] = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];
    let digit = |d: i64| DIGITS[usize::try_from(d).unwrap()];
    let below_hundred = |n: i64| match (n / 10, n % 10) {
        (0, d) => digit(d).to_owned(),
        (1, 0) => "mười".to_owned(),
        (1, 5) => "mười lăm".to_owned(),
        (1, d) => format!("mười {}", digit(d)),
        (t, 0) => format!("{} mươi", digit(t)),
        (t, 1) => format!("{} mươi mốt", digit(t)),
        (t, 5) => format!("{} mươi lăm", digit(t)),
        (t, d) => format!("{} mươi {}", digit(t), digit(d)),
    };
    let below_thousand = |n: i64, inside: bool| match (n / 100, n % 100) {
        (0, r) if !inside => below_hundred(r),
        (h, 0) => format!("{} trăm", digit(h)),
        (h, r @ 1..10) => format!("{} trăm linh {}", digit(h), digit(r)),
        (h, r) => format!("{} trăm {}", digit(h), below_hundred(r)),
    };
    match (n / 1000, n % 1000) {
        (0, r) => below_thousand(r, false),
        (t, 0) => format!("{} nghìn", digit(t)),
        (t, r) => format!("{} nghìn {}", digit(t), below_thousand(r, true)),
    }
}

#[test]
fn every_number_in_words_is_read_back() {
    for n in 0..10_000 {
        let words = spelled(n);
        for text in [words.clone(), crate::vietnamese::fold(&words)] {
            let tokens = tokens(&text);
            let got = amount_at(&text, &tokens, 0).map(|(a, next)| (a.whole(), next));
            assert_eq!(got, Some((Some(n), tokens.len())), "{text}");
        }
    }
}

#[test]
fn decimals_shares_and_clipped_tens_in_words() {
    let table = [
        ("chín mươi bốn phẩy sáu phần trăm", (946, 1), 7),
        ("ba trăm ba bảy", (337, 0), 4),
        ("hai mươi lăm nghìn một ngày", (25_000, 0), 4),
        ("một nghìn một", (1_100, 0), 3),
    ];
    for (text, (digits, scale), next) in table {
        let tokens = tokens(text);
        let got = amount_at(text, &tokens, 0).map(|(a, next)| ((a.digits, a.scale), next));
        assert_eq!(got, Some(((digits, scale), next)), "{text}");
    }
    let list = "21,19,22,20 cháu";
    assert!((0..7).all(|at| amount_at(list, &tokens(list), at).is_none()));
}
