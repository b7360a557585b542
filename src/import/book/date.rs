//! Days of a spreadsheet as they are printed.

/// The day, from 1970-01-01, on which a workbook's count begins.
const FIRST: i64 = -25_569;
/// How many days later it begins in workbooks of old Macs.
const LATER: i64 = 1_462;

/// A day by its number as a format prints it; `None` where it prints a time.
pub(super) fn shown(value: f64, format: &str, is_1904: bool) -> Option<String> {
    if !(1.0..2_958_466.0).contains(&value) {
        return None;
    }
    let days = value.floor() as i64 + if is_1904 { LATER } else { 0 };
    let (year, month, day) = civil(days + FIRST);
    let mut text = String::new();
    let mut letters = format.chars().peekable();
    let mut quoted = false;
    while let Some(letter) = letters.next() {
        let mut run = 1;
        while !quoted && "ymdYMD".contains(letter) && letters.next_if_eq(&letter).is_some() {
            run += 1;
        }
        match letter.to_ascii_lowercase() {
            '"' => quoted = !quoted,
            _ if quoted => text.push(letter),
            'y' if run > 2 => text.push_str(&year.to_string()),
            'y' => text.push_str(&format!("{:02}", year % 100)),
            'm' if run == 2 => text.push_str(&format!("{month:02}")),
            'm' => text.push_str(&month.to_string()),
            'd' if run == 2 => text.push_str(&format!("{day:02}")),
            'd' if run > 2 => {}
            'd' => text.push_str(&day.to_string()),
            'h' | 's' => return None,
            '[' => while letters.next().is_some_and(|letter| letter != ']') {},
            '\\' => text.extend(letters.next()),
            '_' | '*' => drop(letters.next()),
            ';' => break,
            '@' => {}
            _ => text.push(letter),
        }
    }
    Some(text.trim().to_owned())
}

/// Year, month and day of a day counted from 1970-01-01.
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day)
}
