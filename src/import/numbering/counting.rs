//! Counting in the ways Word knows.

const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const LEGAL: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];

/// A count as a format prints it; `None` for one that prints no number.
pub(super) fn shown(count: u32, format: &str) -> Option<String> {
    let from = |first: char, most: u32| {
        let step = count.checked_sub(1).filter(|step| *step < most)?;
        char::from_u32(u32::from(first) + step).map(String::from)
    };
    let one_of = |all: &str| {
        let at = usize::try_from(count.checked_sub(1)?).ok()?;
        all.chars().nth(at).map(String::from)
    };
    let found = match format {
        "none" | "bullet" => return None,
        "decimalZero" => Some(format!("{count:02}")),
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand" => Some(counted(count)),
        "chineseLegalSimplified" | "ideographLegalTraditional" => spelled(count, &LEGAL, '拾'),
        "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" => {
            let digits = count.to_string();
            let digit = |c: char| DIGITS.get(usize::try_from(c.to_digit(10)?).ok()?).copied();
            digits.chars().map(digit).collect()
        }
        "ideographTraditional" => one_of("甲乙丙丁戊己庚辛壬癸"),
        "ideographZodiac" => one_of("子丑寅卯辰巳午未申酉戌亥"),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => from('①', 20),
        "decimalEnclosedParen" => from('⑴', 20),
        "decimalEnclosedFullstop" => from('⒈', 20),
        "ideographEnclosedCircle" => from('㊀', 10),
        "decimalFullWidth" | "decimalFullWidth2" => {
            let wide = |c: char| char::from_u32(u32::from(c) + u32::from('０') - u32::from('0'));
            count.to_string().chars().map(wide).collect()
        }
        "lowerLetter" => from('a', 26),
        "upperLetter" => from('A', 26),
        "lowerRoman" => Some(roman(count).to_lowercase()),
        "upperRoman" => Some(roman(count)),
        _ => None,
    };
    Some(found.unwrap_or_else(|| count.to_string()))
}

fn counted(count: u32) -> String {
    spelled(count, &DIGITS, '十').unwrap_or_else(|| count.to_string())
}

/// A number below a hundred in Chinese numerals.
fn spelled(count: u32, digits: &[char; 10], ten: char) -> Option<String> {
    let digit = |value: u32| digits.get(usize::try_from(value).ok()?).copied();
    let mut text = String::new();
    match (count / 10, count % 10) {
        (0, ones) => text.push(digit(ones)?),
        (tens @ 1..=9, ones) => {
            if tens > 1 {
                text.push(digit(tens)?);
            }
            text.push(ten);
            if ones > 0 {
                text.push(digit(ones)?);
            }
        }
        _ => return None,
    }
    Some(text)
}

fn roman(count: u32) -> String {
    const SIGNS: [(u32, &str); 9] = [
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if count >= 400 {
        return count.to_string();
    }
    let mut left = count;
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while left >= value {
            text.push_str(sign);
            left -= value;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_look_as_word_prints_them() {
        for (count, format, expected) in [
            (3, "chineseCounting", "三"),
            (10, "chineseCountingThousand", "十"),
            (12, "japaneseCounting", "十二"),
            (20, "chineseCounting", "二十"),
            (21, "chineseCounting", "二十一"),
            (3, "chineseLegalSimplified", "叁"),
            (20, "taiwaneseDigital", "二〇"),
            (2, "ideographTraditional", "乙"),
            (4, "decimalEnclosedCircle", "④"),
            (21, "decimalEnclosedCircle", "21"),
            (12, "decimalFullWidth", "１２"),
            (7, "decimalZero", "07"),
            (3, "lowerLetter", "c"),
            (14, "upperRoman", "XIV"),
            (5, "decimal", "5"),
            (5, "cardinalText", "5"),
        ] {
            assert_eq!(shown(count, format).as_deref(), Some(expected), "{format}");
        }
        assert_eq!(shown(1, "bullet"), None);
    }
}
