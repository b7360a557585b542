//! Where a long title breaks: by meaning, into lines of about one length. It knows no format.

/// The widest line of a title in hundredths of a character: 22 pt type on a line of 156 mm has room
/// for 2010.
const WIDEST: u32 = 2000;
/// A Latin letter or a digit, in the widest of the fonts that may print it.
const LATIN: u32 = 58;
/// The gap that Word leaves between Chinese and Latin.
const GAP: u32 = 25;

/// What a break costs where nothing speaks for it.
const WITHOUT_REASON: u32 = 150;
/// What a break costs behind the name of a place or a body.
const BEHIND_NAME: u32 = 4;
/// What it costs not to break behind the year.
const YEAR_INSIDE: u32 = 90;
/// What a line of few characters costs: one or two alone are a slip, not a line.
const FEW: u32 = 2000;
/// Fewer characters than this are few.
const ENOUGH: usize = 4;
/// What every line costs, so that there are not more than needed.
const LINE: u32 = 30;

/// Names of places and bodies that a line may end with.
const NAMES: [&str; 17] = [
    "省",
    "自治区",
    "市",
    "州",
    "盟",
    "县",
    "区",
    "旗",
    "乡",
    "镇",
    "街道",
    "人民政府",
    "委员会",
    "管理局",
    "办公室",
    "办事处",
    "局",
];

/// The lines of a title of the usual size, none wider than the type area where that can be had.
#[must_use]
pub fn title_lines(title: &str) -> Vec<String> {
    title_lines_of(title, super::sheet::TITLE_SIZE)
}

/// The lines of a title of a size in half-points.
#[must_use]
pub fn title_lines_of(title: &str, size: u16) -> Vec<String> {
    let widest = WIDEST * u32::from(super::sheet::TITLE_SIZE) / u32::from(size.max(1));
    let title = title.trim();
    if title.contains('\n') {
        let parts = title.lines().map(str::trim);
        return parts
            .filter(|line| !line.is_empty())
            .map(str::to_owned)
            .collect();
    }
    let characters: Vec<char> = title.chars().collect();
    if length(&characters) <= widest {
        return vec![title.to_owned()];
    }
    let ends = cheapest_ends(&characters, widest);
    let mut start = 0;
    let mut lines = Vec::new();
    for end in ends {
        let line: String = characters
            .get(start..end)
            .unwrap_or_default()
            .iter()
            .collect();
        lines.push(line.trim().to_owned());
        start = end;
    }
    lines
}

/// How wide a text is in half characters: Latin letters and digits take one, all else two.
#[must_use]
pub fn width(text: &str) -> u32 {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

/// How wide characters are in a line, in hundredths of a character, with the gaps between Chinese and
/// Latin.
fn length(characters: &[char]) -> u32 {
    let own = characters
        .iter()
        .map(|c| if c.is_ascii() { LATIN } else { 100 });
    let pairs = characters.iter().zip(characters.iter().skip(1));
    let gaps = pairs.filter(|(left, right)| meets(**left, **right)).count();
    own.sum::<u32>() + GAP * u32::try_from(gaps).unwrap_or(u32::MAX / GAP)
}

/// Whether Chinese and Latin stand side by side.
fn meets(left: char, right: char) -> bool {
    left != ' ' && right != ' ' && left.is_ascii() != right.is_ascii()
}

/// The ends of the lines that cost least, by trying every end of every line from the front.
fn cheapest_ends(characters: &[char], widest: u32) -> Vec<usize> {
    let total = length(characters);
    let usual = total / total.div_ceil(widest).max(1);
    let year = (1..characters.len()).find(|&end| ends_with_year(characters, end));
    // For every place the cheapest way to it: what it costs and where its last line begins.
    let mut ways: Vec<(u32, usize)> = vec![(0, 0)];
    for end in 1..=characters.len() {
        let mut best = (u32::MAX, end - 1);
        for start in (0..end).rev() {
            let line = length(characters.get(start..end).unwrap_or_default());
            if line > widest && start + 1 < end {
                break;
            }
            let before = ways.get(start).map_or(u32::MAX, |way| way.0);
            // In half characters.
            let uneven = line.abs_diff(usual) / 50;
            let inside = year.is_some_and(|year| start < year && year < end);
            let cost = LINE
                + uneven * uneven / 8
                + break_cost(characters, end)
                + if inside { YEAR_INSIDE } else { 0 }
                + if end - start < ENOUGH { FEW } else { 0 };
            best = best.min((before.saturating_add(cost), start));
        }
        ways.push(best);
    }
    let mut ends = Vec::new();
    let mut end = characters.len();
    while end > 0 {
        ends.push(end);
        end = ways.get(end).map_or(0, |way| way.1.min(end - 1));
    }
    ends.reverse();
    ends
}

/// Whether a year such as 2025年 ends before the character at `end`, with more to come.
fn ends_with_year(characters: &[char], end: usize) -> bool {
    let before = characters.get(..end).unwrap_or_default();
    let Some(('年', rest)) = before.split_last().map(|(last, rest)| (*last, rest)) else {
        return false;
    };
    let digits = rest.iter().rev().take_while(|c| c.is_ascii_digit()).count();
    digits == 4 && rest.len() > 4 && characters.get(end).is_some_and(|&after| after != '度')
}

/// What it costs to end a line before the character at `end`.
fn break_cost(characters: &[char], end: usize) -> u32 {
    let (before, after) = (
        characters.get(..end).unwrap_or_default(),
        characters.get(end),
    );
    let Some(&after) = after else { return 0 };
    let text: String = before.iter().collect();
    if ends_with_year(characters, end) {
        return 0;
    }
    let splits_digits = after.is_ascii_digit() && text.ends_with(|c: char| c.is_ascii_digit());
    if splits_digits
        || "，。、；：！？）》〉”’年".contains(after)
        || text.ends_with(['（', '《', '“', '〔'])
    {
        return WITHOUT_REASON * 4;
    }
    let longer_name = NAMES.iter().any(|name| {
        let tail: String = characters
            .get(end..)
            .unwrap_or_default()
            .iter()
            .take(name.chars().count())
            .collect();
        tail == **name
    });
    if NAMES.iter().any(|name| text.ends_with(name)) && !longer_name {
        return BEHIND_NAME;
    }
    WITHOUT_REASON
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_title_stays_on_its_line() {
        assert_eq!(
            title_lines("果园2030年树木生长情况"),
            ["果园2030年树木生长情况"]
        );
    }

    #[test]
    fn a_long_title_breaks_by_meaning() {
        for (title, expected) in [
            (
                "青石镇人民政府2025年政府信息公开工作年度报告",
                vec!["青石镇人民政府2025年", "政府信息公开工作年度报告"],
            ),
            (
                "某某果园管理委员会2030年树木和花草生长情况记事",
                vec!["某某果园管理委员会2030年", "树木和花草生长情况记事"],
            ),
            (
                "黑龙江省双鸭山市集贤县升昌镇人民政府街道办事处2025年政府信息公开工作年度报告",
                vec![
                    "黑龙江省双鸭山市集贤县",
                    "升昌镇人民政府街道办事处2025年",
                    "政府信息公开工作年度报告",
                ],
            ),
            (
                "内蒙古自治区呼伦贝尔市莫力达瓦达斡尔族自治旗尼尔基镇人民政府2025年政府信息公开工作年度报告",
                vec![
                    "内蒙古自治区呼伦贝尔市",
                    "莫力达瓦达斡尔族自治旗",
                    "尼尔基镇人民政府2025年",
                    "政府信息公开工作年度报告",
                ],
            ),
            (
                "青石镇政府2025年政府信息公开工作年度报告",
                vec!["青石镇政府2025年", "政府信息公开工作年度报告"],
            ),
            ("第一行\n第二行", vec!["第一行", "第二行"]),
        ] {
            assert_eq!(title_lines(title), expected, "{title}");
        }
    }

    #[test]
    fn no_length_leaves_a_character_alone() {
        let names = "黑龙江省双鸭山市集贤县升昌镇太平社区便民服务和政务公开工作领导小组办公室";
        for count in 1..=names.chars().count() {
            for year in ["2025年", "二〇二五年", ""] {
                let issuer: String = names.chars().take(count).collect();
                let title = format!("{issuer}{year}政府信息公开工作年度报告");
                let found = title_lines(&title);
                assert_eq!(found.concat(), title);
                for line in &found {
                    let characters: Vec<char> = line.chars().collect();
                    assert!(characters.len() >= ENOUGH, "{found:?}");
                    assert!(length(&characters) <= WIDEST, "{found:?}");
                }
            }
        }
    }

    #[test]
    fn no_line_is_wider_than_the_page() {
        let issuer = "新疆维吾尔自治区伊犁哈萨克自治州察布查尔锡伯自治县".repeat(3);
        let title = format!("{issuer}2025年政府信息公开工作年度报告");
        let found = title_lines(&title);
        assert_eq!(found.concat(), title);
        let fits = |line: &String| length(&line.chars().collect::<Vec<_>>()) <= WIDEST;
        assert!(found.iter().all(fits), "{found:?}");
        assert_eq!(
            found.last().map(String::as_str),
            Some("政府信息公开工作年度报告")
        );
        let digits = "1".repeat(100);
        assert_eq!(title_lines(&digits).concat(), digits);
    }
}
