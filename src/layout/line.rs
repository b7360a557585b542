//! One paragraph into lines: where a line may end, what may hang outside it, where it may stretch.
//!
//! It knows characters and their widths, no font and no page.

/// A character ready to be set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unit {
    pub(super) character: char,
    /// Which of the layout's faces draws it.
    pub(super) face: u16,
    /// The glyph in that face.
    pub(super) glyph: u16,
    /// Whether it is drawn thicker.
    pub(super) bold: bool,
    /// Its width in points with the spacing of its style.
    pub(super) advance: f32,
    /// Its number in the text it comes from.
    pub(super) offset: u32,
}

/// What a line has to fit into.
#[derive(Debug, Clone, Copy)]
pub(super) struct LineMeasure {
    /// Width of the column in points.
    pub(super) width: f32,
    /// Indent of the first line.
    pub(super) indent: f32,
    /// Type size, of which the gap between scripts is a part.
    pub(super) size: f32,
    /// What the style adds to each character; the last before a change of script goes without.
    pub(super) spacing: f32,
    /// Whether punctuation may hang outside the column.
    pub(super) hang: bool,
}

/// A stretch of units on one line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct SetLine {
    pub(super) from: usize,
    /// One past the last unit that is drawn; spaces at the end are not.
    pub(super) to: usize,
    /// Indent of this line.
    pub(super) indent: f32,
    /// Width without the indent and without what hangs.
    pub(super) width: f32,
    /// Whether the last unit hangs outside the column.
    pub(super) hangs: bool,
    /// Whether the text goes on in the next line, so that this one is stretched to full width.
    pub(super) full: bool,
}

/// Rounding must not push a character off its line.
const SLACK: f32 = 0.01;

/// Distance of tab stops in points.
const TAB: f32 = 21.0;

/// The gap between an ideograph and a Latin letter or digit, as a part of the type size.
const GAP: f32 = 0.2;

const NEVER_FIRST: &str = "!%),.:;>?]}¢¨°·ˇˉ―‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞！＂％＇），．：；？］｀｜｝～￠";
const NEVER_LAST: &str = "$(<[{£¥·‘“〈《「『【〔〖〝﹙﹛﹝＄（．［｛￡￥";
const HANGING: &str = "，。、；：！？";
/// Signs whose right half is blank, and those whose left half is.
const CLOSING: &str = "，。、；：》〉」』】〕）”’";
const OPENING: &str = "《〈「『【〔（“‘";
const UNBROKEN: &str = "—…";

/// Breaks a paragraph into lines, each as long as it can be.
pub(super) fn lines(units: &[Unit], measure: LineMeasure) -> Vec<SetLine> {
    let mut lines = Vec::new();
    let mut from = 0;
    let mut indent = measure.indent;
    loop {
        let (line, next) = line(units, from, indent, measure);
        lines.push(line);
        indent = 0.0;
        match next {
            Some(next) => from = next,
            None => return lines,
        }
    }
}

/// The line that begins at a unit, and where the next one begins.
fn line(
    units: &[Unit],
    from: usize,
    indent: f32,
    measure: LineMeasure,
) -> (SetLine, Option<usize>) {
    // The last character of a line goes without the spacing, too.
    let room = measure.width - indent + measure.spacing + SLACK;
    let mut x = 0.0;
    let mut may_end = None;
    let mut before: Option<Unit> = None;
    let done = |to: usize, hangs: bool, full: bool, next: Option<usize>| {
        let to = trimmed(units, from, to);
        let measured = if hangs { to.saturating_sub(1) } else { to };
        let width = width(units, from, measured, measure);
        let line = SetLine {
            from,
            to,
            indent,
            width,
            hangs,
            full,
        };
        (line, next)
    };
    for (at, unit) in units.iter().enumerate().skip(from) {
        if unit.character == '\n' {
            return done(at, false, false, Some(at + 1));
        }
        if let Some(before) = before
            && may_break(before.character, unit.character)
        {
            may_end = Some(at);
        }
        let advance = step(before, *unit, x, measure);
        let space = is_space(unit.character);
        if !space && x + advance > room && at > from {
            let after = units.get(at + 1);
            // A word and the sign after it stay together, as LibreOffice keeps them.
            let hangs = measure.hang
                && HANGING.contains(unit.character)
                && before.is_some_and(|before| is_cjk(before.character))
                && after.is_none_or(|after| {
                    after.character == '\n' || may_break(unit.character, after.character)
                });
            if hangs {
                let next = units
                    .iter()
                    .enumerate()
                    .skip(at + 1)
                    .find(|(_, unit)| !is_space(unit.character));
                return match next {
                    None => done(at + 1, true, false, None),
                    Some((next, unit)) if unit.character == '\n' => {
                        done(at + 1, true, false, Some(next + 1))
                    }
                    Some((next, _)) => done(at + 1, true, true, Some(next)),
                };
            }
            let end = may_end.unwrap_or(at);
            return done(end, false, true, Some(end));
        }
        x += advance;
        before = Some(*unit);
    }
    done(units.len(), false, false, None)
}

/// The end of a line without the spaces it ends with.
fn trimmed(units: &[Unit], from: usize, to: usize) -> usize {
    let line = units.get(from..to).unwrap_or_default();
    let ink = line.iter().rposition(|unit| !is_space(unit.character));
    ink.map_or(from, |at| from + at + 1)
}

fn width(units: &[Unit], from: usize, to: usize, measure: LineMeasure) -> f32 {
    let mut x = 0.0;
    let mut before = None;
    for unit in units.get(from..to).unwrap_or_default() {
        x += step(before, *unit, x, measure);
        before = Some(*unit);
    }
    x
}

/// How far a unit takes the pen, with the gap before it.
pub(super) fn step(before: Option<Unit>, unit: Unit, x: f32, measure: LineMeasure) -> f32 {
    if unit.character == '\t' {
        return ((x + SLACK) / TAB).floor() * TAB + TAB - x;
    }
    gap(before, unit, measure) + unit.advance
}

/// The gap before a unit.
fn gap(before: Option<Unit>, unit: Unit, measure: LineMeasure) -> f32 {
    let Some(before) = before else { return 0.0 };
    let (left, right) = (before.character, unit.character);
    if is_cjk(left) == is_cjk(right) {
        return 0.0;
    }
    let meet = (is_ideograph(left) && is_word(right)) || (is_word(left) && is_ideograph(right));
    let gap = if meet { measure.size * GAP } else { 0.0 };
    gap - measure.spacing
}

/// The blank that two signs side by side give up when they are drawn, `》（` or `。”`: half of a square.
/// Lines are broken without it, since not every program closes them up.
pub(super) fn closed_up(before: Unit, unit: Unit, size: f32) -> f32 {
    let is = |signs: &str, unit: Unit| signs.contains(unit.character) && unit.advance > size * 0.9;
    let behind = is(CLOSING, before) && (is(OPENING, unit) || is(CLOSING, unit));
    let ahead = is(OPENING, before) && is(OPENING, unit);
    if behind || ahead { size / 2.0 } else { 0.0 }
}

/// Whether a stretched line may widen between two characters.
pub(super) fn may_stretch(left: char, right: char) -> bool {
    if is_pair(left, right) {
        return false;
    }
    left == ' ' || is_cjk(left) || is_cjk(right)
}

/// Whether a Chinese line may end between two characters.
#[must_use]
pub fn may_break(left: char, right: char) -> bool {
    if is_space(right) || NEVER_FIRST.contains(right) || is_pair(left, right) {
        return false;
    }
    if is_space(left) {
        return true;
    }
    if NEVER_LAST.contains(left) {
        return false;
    }
    if is_cjk(left) || is_cjk(right) {
        return true;
    }
    match left {
        '-' => true,
        '/' | '?' => right.is_alphabetic(),
        _ => false,
    }
}

/// Dashes and dots that stand for one sign together.
fn is_pair(left: char, right: char) -> bool {
    left == right && UNBROKEN.contains(left)
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t')
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() && !is_cjk(c)
}

fn is_ideograph(c: char) -> bool {
    matches!(u32::from(c), 0x2E80..=0x2FDF | 0x3005..=0x3007 | 0x3040..=0x31FF | 0x3400..=0x9FFF
        | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

/// Whether a character takes a full square, ideograph or not.
fn is_cjk(c: char) -> bool {
    is_ideograph(c)
        || matches!(u32::from(c), 0x2014..=0x2027 | 0x2030..=0x203B | 0x2100..=0x2BFF
            | 0x3000..=0x303F | 0x3200..=0x33FF | 0xFE10..=0xFE6F | 0xFF00..=0xFFEF | 0x1F000..=0x1FAFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(text: &str) -> Vec<Unit> {
        let unit = |(offset, character): (usize, char)| Unit {
            character,
            face: 0,
            glyph: 0,
            bold: false,
            advance: if is_cjk(character) { 10.0 } else { 5.0 },
            offset: offset as u32,
        };
        text.chars().enumerate().map(unit).collect()
    }

    /// The text with its lines ended by `|`, ten characters wide.
    fn broken(text: &str, hang: bool) -> String {
        let units = units(text);
        let measure = LineMeasure {
            width: 100.0,
            indent: 20.0,
            size: 10.0,
            spacing: 0.0,
            hang,
        };
        let line = |line: &SetLine| -> String {
            let units = units.get(line.from..line.to).unwrap();
            units.iter().map(|unit| unit.character).collect()
        };
        let lines = lines(&units, measure);
        lines.iter().map(line).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn lines_end_where_chinese_lines_end() {
        for (text, hanging, strict) in [
            (
                "一二三四五六七八九十",
                "一二三四五六七八|九十",
                "一二三四五六七八|九十",
            ),
            (
                "一二三四五六七八，九",
                "一二三四五六七八，|九",
                "一二三四五六七|八，九",
            ),
            (
                "一二三四五六七八”九",
                "一二三四五六七|八”九",
                "一二三四五六七|八”九",
            ),
            (
                "一二三四五六七（八九",
                "一二三四五六七|（八九",
                "一二三四五六七|（八九",
            ),
            (
                "一二三四五六七八。”九",
                "一二三四五六七|八。”九",
                "一二三四五六七|八。”九",
            ),
            (
                "一二三四五六2025年",
                "一二三四五六|2025年",
                "一二三四五六|2025年",
            ),
            (
                "一二三四五六七——九",
                "一二三四五六七|——九",
                "一二三四五六七|——九",
            ),
            ("一二\n三四", "一二|三四", "一二|三四"),
            (
                "一二三四五6789，十",
                "一二三四五|6789，十",
                "一二三四五|6789，十",
            ),
            (
                "一二三四五六七八，",
                "一二三四五六七八，",
                "一二三四五六七|八，",
            ),
        ] {
            assert_eq!(broken(text, true), hanging);
            assert_eq!(broken(text, false), strict);
        }
    }

    #[test]
    fn a_word_longer_than_the_line_is_broken_somewhere() {
        let text = "x".repeat(50);
        let lines = broken(&text, true);
        assert_eq!(lines.replace('|', ""), text);
        assert!(lines.contains('|'));
    }

    #[test]
    fn an_empty_paragraph_is_one_empty_line() {
        assert_eq!(
            lines(
                &[],
                LineMeasure {
                    width: 1.0,
                    indent: 0.0,
                    size: 1.0,
                    spacing: 0.0,
                    hang: true
                }
            )
            .len(),
            1
        );
    }
}
