//! Where a long title breaks: after words that belong together, with lines of like length.

/// Longest line of a title, in characters.
const LONGEST: usize = 19;

/// Words after which a line may end, the better ones first.
const ENDS: [&str; 15] = [
    "人民政府",
    "办事处",
    "委员会",
    "办公室",
    "管理局",
    "街道",
    "自治州",
    "自治县",
    "省",
    "市",
    "县",
    "区",
    "镇",
    "乡",
    "局",
];

/// Cost of ending a line inside a word.
const TORN: usize = 2000;

/// The lines of a title, broken by meaning when it is too long for one.
#[must_use]
pub fn lines(title: &str) -> Vec<String> {
    if title.contains('\n') {
        return title.split('\n').map(str::to_owned).collect();
    }
    let characters: Vec<char> = title.chars().collect();
    if characters.len() <= LONGEST {
        return vec![title.to_owned()];
    }
    let mut lines = Vec::new();
    let mut from = 0;
    for to in cheapest(&characters) {
        lines.extend(
            characters
                .get(from..to)
                .map(|line| line.iter().collect::<String>()),
        );
        from = to;
    }
    lines
}

/// The ends of the lines that cost least.
fn cheapest(characters: &[char]) -> Vec<usize> {
    let count = characters.len();
    let wanted = count.div_ceil(LONGEST);
    let even = count / wanted;
    let mut best: Vec<(usize, usize)> = vec![(0, 0)];
    for to in 1..=count {
        let from = to.saturating_sub(LONGEST)..to;
        let cheapest = from
            .filter_map(|from| {
                let (cost, _) = best.get(from)?;
                let uneven = (to - from).abs_diff(even);
                Some((
                    cost + 400 + uneven * uneven * 4 + cost_of_end(characters, to),
                    from,
                ))
            })
            .min();
        best.push(cheapest.unwrap_or((usize::MAX / 2, 0)));
    }
    let mut ends = Vec::new();
    let mut at = count;
    while at > 0 {
        ends.push(at);
        at = best.get(at).map_or(0, |&(_, from)| from);
    }
    ends.reverse();
    ends
}

/// What it costs to end a line before the character at `to`.
fn cost_of_end(characters: &[char], to: usize) -> usize {
    let (Some(before), Some(after)) = (characters.get(..to), characters.get(to..)) else {
        return TORN;
    };
    if after.is_empty() || ends_with_year(before) {
        return 0;
    }
    // 政府 after 人民 is one word with it.
    let rest: String = after.iter().take(4).collect();
    if rest.starts_with("人民政府") || rest.starts_with("办事处") {
        return TORN;
    }
    let text: String = before.iter().rev().take(4).rev().collect();
    ENDS.iter()
        .position(|end| text.ends_with(end))
        .map_or(TORN, |at| 60 + at * 10)
}

fn ends_with_year(text: &[char]) -> bool {
    let mut back = text.iter().rev();
    back.next() == Some(&'年')
        && back.take_while(|c| c.is_ascii_digit()).count() == 4
        && text.len() > 5
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_titles_break_by_meaning() {
        for (title, expected) in [
            ("果园2030年树木生长情况", "果园2030年树木生长情况"),
            (
                "某某果园管理委员会2030年树木和花草生长情况记事",
                "某某果园管理委员会2030年|树木和花草生长情况记事",
            ),
            (
                "青石镇人民政府2025年政府信息公开工作年度报告",
                "青石镇人民政府2025年|政府信息公开工作年度报告",
            ),
            (
                "内蒙古自治区呼伦贝尔市莫力达瓦达斡尔族自治旗尼尔基镇人民政府2025年政府信息公开工作年度报告",
                "内蒙古自治区呼伦贝尔市|莫力达瓦达斡尔族自治旗尼尔基镇人民政府|2025年政府信息公开工作年度报告",
            ),
        ] {
            assert_eq!(lines(title).join("|"), expected);
        }
    }

    #[test]
    fn nothing_is_lost_however_long_the_title() {
        let title = "长".repeat(75);
        let lines = lines(&title);
        assert_eq!(lines.concat(), title);
        assert!(lines.iter().all(|line| line.chars().count() <= LONGEST));
    }
}
