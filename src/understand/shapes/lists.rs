//! Words that tell a name from other words.

use crate::understand::key::{Key, words};

/// Words of every message that stand behind "trường" and are no name.
pub(super) const NEVER_IN_NAMES: &[Key] = words![
    "giam", "tang", "lai", "em", "minh", "toi", "chi", "anh", "con", "chung", "da", "chua", "khong", "xin",
    "nop", "gui", "bao", "co", "la", "nao", "nay", "thi", "cung", "dang", "se", "nhan", "duoc", "khi", "vi",
    "bi", "de", "cho", "truong", "ben", "ten", "nen", "oi", "tet",
];
