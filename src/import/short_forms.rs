//! Words that hasty writers shorten: "b/c", "trg", "ktra". Spelled out before a clause is understood; what is shown stays as
//! it was printed.

/// A folded clause with its short forms spelled out; `None` when it has none.
pub fn spelled_out(folded: &str) -> Option<String> {
    let words: Vec<&str> = folded.split(' ').collect();
    let pair = |at: usize| words[at] == "b" && words.get(at + 1) == Some(&"c");
    if !(0..words.len()).any(|at| pair(at) || long_form(words[at]).is_some()) {
        return None;
    }
    let mut out: Vec<&str> = Vec::with_capacity(words.len() + 2);
    let mut at = 0;
    while at < words.len() {
        if pair(at) {
            out.push("bao cao");
            at += 1;
        } else {
            out.push(long_form(words[at]).unwrap_or(words[at]));
        }
        at += 1;
    }
    Some(out.join(" "))
}

/// The word that a short form stands for.
pub fn long_form(short: &str) -> Option<&'static str> {
    Some(match short {
        "bc" => "bao cao",
        "trc" => "truoc",
        "trg" => "truong",
        "ktra" => "kiem tra",
        "dk" => "dang ky",
        "ds" => "danh sach",
        "cbi" => "chuan bi",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_forms_are_spelled_out() {
        let table = [
            ("b c si so truoc ngay 4", Some("bao cao si so truoc ngay 4")),
            ("cac trg nop ds trc 15", Some("cac truong nop danh sach truoc 15")),
            ("lop 5 b va c", None),
        ];
        for (text, want) in table {
            assert_eq!(spelled_out(text).as_deref(), want, "{text}");
        }
    }
}
