use super::*;

#[test]
fn names_without_a_register() {
    for (text, want) in [
        ("8-3 đi học 254 vắng 6", "8-3?"),
        ("kiểm kê bên 1/6 làm xong", "1/6"),
        ("Sao Mai 12 với 1/6 xin tới thứ hai", "Sao Mai 12 1/6"),
        ("20/11 vừa rồi vui quá", ""),
        ("8/3 em nộp", ""),
        ("Hướg Dươg 2: 14 lớp", "Hướg Dươg 2?"),
        ("truong mn phuong hog 401 tre", "truong mn phuong hog"),
        ("Bên em trễ so với công lập. Hiện có sáu lớp", ""),
        ("em là Ly bên Gấu Trắng ạ", "Gấu Trắng"),
        ("Em Trúc Đào, đt văn phòng", ""),
        ("tài liệu ở (Bến Gỗ Bắc) ạ", ""),
        ("bên Phòng Giáo Dục đã nhận", ""),
        ("em là Trần Thị Bích, HT MN Sơn Ca", "MN Sơn Ca"),
        ("chuyên cần 95%, bé ngoan 93%", ""),
        ("Lớp MG ghép ở điểm Suối nghỉ 17", ""),
        ("TH Võ Thị Sáu 8 em", "TH Võ Thị Sáu"),
        ("Trường MN Sao Mai 12 tiếp thu ý kiến", "Trường MN Sao Mai 12"),
        ("TH&THCS Suối Cạn: có mặt 164", "TH&THCS Suối Cạn"),
        ("TH Hồ Là tổng 105", "TH Hồ Là"),
        ("PTDTBT TH Suối Có: 15 lớp", "TH Suối Có"),
        ("ra chợ Tân Lập mua rau", ""),
        ("Bến Lức ngập 2 phòng", "Bến Lức"),
        ("Sao Mai 4 triệu 5", "Sao Mai"),
        ("Sơn Ca 7 lớp 160 cháu 13 cô", "Sơn Ca"),
        ("Học phí: em bên c th", ""),
        ("em ở TH&", ""),
        ("em ở TH&THCS", ""),
        ("PCCC thì cả Hoa Mai lẫn Hoa Ban xin mai", "Hoa Mai Hoa Ban"),
    ] {
        let line = Line::new(text);
        let found: Vec<String> = shapes(&line)
            .iter()
            .map(|s| format!("{}{}", line.printed(s.tokens.clone()), if s.sure { "" } else { "?" }))
            .collect();
        assert_eq!(found.join(" "), want, "{text}");
    }
}
