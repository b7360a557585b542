//! How a report is set out (版式): what a filer may choose. It knows no file format.

use std::ops::RangeInclusive;

/// The filer's choices for the published report; the default is what GB/T 9704-2012 and custom ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a box of its own that a filer ticks"
)]
pub struct Choices {
    /// Whether the preface is printed.
    pub preface: bool,
    /// Whether the authority's name is printed below the text.
    pub signature: bool,
    /// The date printed below the text, as it is typed; none when blank.
    pub date: String,
    /// The number of the letter (文号) printed under the title; none when blank.
    pub number: String,
    /// Whether every page says 草稿 in its header.
    pub draft_mark: bool,
    /// Font of the body text.
    pub body_font: String,
    /// Size of the body text in half-points.
    pub body_size: u16,
    /// Font of the title.
    pub title_font: String,
    /// Size of the title in half-points.
    pub title_size: u16,
    /// Whether digits and Latin letters are set in Times New Roman.
    pub times: bool,
    /// Whether headings of the third level are bold.
    pub bold_third: bool,
    /// Size of the table text in half-points.
    pub table_size: u16,
    /// Distance from one line of text to the next in twips.
    pub line_pitch: u16,
    /// Whether a table that a page can hold is never parted, even where a page stays half empty.
    pub whole_tables: bool,
    /// How plain text is encoded.
    pub encoding: Encoding,
    /// Whether plain text begins with a byte order mark.
    pub byte_order_mark: bool,
    /// Whether plain text is written as the old Notepad of Windows wants it, with a byte order mark and
    /// its line ends; as the system has it when it is not said.
    pub for_notepad: Option<bool>,
    /// Whether markup for the editor of a website begins with the title; many sites have one of their own.
    pub fragment_title: bool,
}

/// How plain text is encoded.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8.
    #[default]
    Utf8,
    /// GB 18030, for editors that know nothing else.
    Gb18030,
}

impl Encoding {
    /// All encodings.
    pub const ALL: [Self; 2] = [Self::Utf8, Self::Gb18030];

    /// The encoding's name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Gb18030 => "GB18030",
        }
    }
}

/// Fonts offered for the body text, the standard's first.
pub const BODY_FONTS: [&str; 5] = ["仿宋_GB2312", "仿宋", "方正仿宋_GBK", "华文仿宋", "宋体"];

/// Sizes offered for the body text, in half-points.
pub const BODY_SIZES: [u16; 3] = [32, 30, 28];

/// Fonts offered for the title, the standard's first.
pub const TITLE_FONTS: [&str; 5] = [
    "方正小标宋简体",
    "方正小标宋_GBK",
    "华文中宋",
    "宋体",
    "黑体",
];

/// Sizes offered for the title, in half-points.
pub const TITLE_SIZES: [u16; 5] = [52, 48, 44, 36, 32];

/// Sizes offered for table text, in half-points.
pub const TABLE_SIZES: [u16; 4] = [24, 21, 18, 15];

/// Line pitches offered, in twips.
pub const LINE_PITCHES: [u16; 5] = [520, 560, 578, 580, 600];

/// Sizes of body text that a page can hold, in half-points.
const BODY_RANGE: RangeInclusive<u16> = 18..=44;
/// Sizes of table text that the columns can hold.
const TABLE_RANGE: RangeInclusive<u16> = 10..=28;
/// Sizes of titles that a page can hold.
const TITLE_RANGE: RangeInclusive<u16> = 28..=60;
/// The widest line pitch, in twips.
const MOST_PITCH: u16 = 1200;

/// The least line pitch in twips that does not cut off type of a size.
fn least_pitch(size: u16) -> u16 {
    size * 11
}

impl Default for Choices {
    fn default() -> Self {
        Self {
            preface: true,
            signature: false,
            date: String::new(),
            number: String::new(),
            draft_mark: false,
            body_font: "仿宋_GB2312".to_owned(),
            body_size: 32,
            title_font: "方正小标宋简体".to_owned(),
            title_size: 44,
            times: false,
            bold_third: false,
            table_size: 21,
            line_pitch: 578,
            whole_tables: false,
            encoding: Encoding::Utf8,
            byte_order_mark: false,
            for_notepad: None,
            fragment_title: true,
        }
    }
}

impl Choices {
    /// The same choices with sizes no page can hold brought back to what it can.
    #[must_use]
    pub fn within_reason(mut self) -> Self {
        let usual = Self::default();
        let clamp =
            |size: u16, range: RangeInclusive<u16>| size.clamp(*range.start(), *range.end());
        self.body_size = clamp(self.body_size, BODY_RANGE);
        self.table_size = clamp(self.table_size, TABLE_RANGE);
        self.title_size = clamp(self.title_size, TITLE_RANGE);
        self.line_pitch = self
            .line_pitch
            .clamp(least_pitch(self.body_size), MOST_PITCH);
        self.title_size = self.title_size.min(self.line_pitch / 11);
        if self.body_font.trim().is_empty() {
            self.body_font = usual.body_font;
        }
        if self.title_font.trim().is_empty() {
            self.title_font = usual.title_font;
        }
        self
    }

    /// What no page can hold, in one sentence.
    #[must_use]
    pub fn fault(&self) -> Option<String> {
        let between = |name: &str, size: u16, range: RangeInclusive<u16>| {
            let (least, most) = (points(range.start() * 10), points(range.end() * 10));
            (!range.contains(&size)).then(|| format!("{name}要在{least}磅到{most}磅之间"))
        };
        let pitch = || {
            let least = least_pitch(self.body_size.max(self.title_size));
            let fits = (least..=MOST_PITCH).contains(&self.line_pitch);
            let (least, most) = (points(least), points(MOST_PITCH));
            (!fits).then(|| format!("行距要在{least}磅到{most}磅之间，至少是标题和正文字号的1.1倍"))
        };
        between("正文字号", self.body_size, BODY_RANGE)
            .or_else(|| between("表格字号", self.table_size, TABLE_RANGE))
            .or_else(|| between("标题字号", self.title_size, TITLE_RANGE))
            .or_else(pitch)
    }

    /// The choices of a look that one report hands on to another: without what belongs to one report only.
    #[must_use]
    pub fn look(&self) -> Self {
        self.with_own(&Self::default())
    }

    /// These looks with what belongs to one report only taken from other choices.
    #[must_use]
    pub fn with_own(&self, own: &Self) -> Self {
        Self {
            date: own.date.clone(),
            number: own.number.clone(),
            draft_mark: own.draft_mark,
            ..self.clone()
        }
    }

    /// What is added to the width of each body character, in twips: the usual size is tightened so
    /// that 28 characters fill a line.
    #[must_use]
    pub fn character_spacing(&self) -> i32 {
        if self.body_size == Self::default().body_size {
            -5
        } else {
            0
        }
    }

    /// The indent of a paragraph's first line in twips: two characters.
    #[must_use]
    pub fn first_line(&self) -> u16 {
        self.body_size * 20
    }

    /// The height of a line in a table in twips.
    #[must_use]
    pub fn table_line(&self) -> u16 {
        self.table_size * 90 / 7
    }
}

/// What printers call a size given in half-points, such as 三号; its points where it has no name.
#[must_use]
pub fn size_name(half_points: u16) -> String {
    const NAMES: [(u16, &str); 11] = [
        (52, "一号"),
        (48, "小一"),
        (44, "二号"),
        (36, "小二"),
        (32, "三号"),
        (30, "小三"),
        (28, "四号"),
        (24, "小四"),
        (21, "五号"),
        (18, "小五"),
        (15, "六号"),
    ];
    let named = NAMES.iter().find(|(size, _)| *size == half_points);
    named.map_or_else(
        || format!("{}磅", points(half_points * 10)),
        |(_, name)| (*name).to_owned(),
    )
}

/// A length in twips as points, for a reader: `28.9`.
#[must_use]
pub fn points(twips: u16) -> String {
    let hundredths = twips * 5;
    let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_offered_holds_the_standard() {
        let usual = Choices::default();
        assert!(BODY_FONTS.contains(&usual.body_font.as_str()));
        assert!(BODY_SIZES.contains(&usual.body_size));
        assert!(TITLE_FONTS.contains(&usual.title_font.as_str()));
        assert!(TITLE_SIZES.contains(&usual.title_size));
        assert_eq!(usual.fault(), None);
        assert!(TABLE_SIZES.contains(&usual.table_size));
        assert!(LINE_PITCHES.contains(&usual.line_pitch));
        assert_eq!(usual.clone().within_reason(), usual);
        assert_eq!(usual.table_line(), 270);
        assert_eq!(usual.first_line(), 640);
    }

    #[test]
    fn sizes_are_told_in_the_words_of_printers() {
        for (size, name) in [(32, "三号"), (21, "五号"), (25, "12.5磅")] {
            assert_eq!(size_name(size), name);
        }
        assert_eq!(points(578), "28.9");
        assert_eq!(points(560), "28");
    }

    #[test]
    fn unreasonable_sizes_are_brought_back() {
        let broken = Choices {
            body_size: 0,
            table_size: 9000,
            line_pitch: 1,
            body_font: " ".to_owned(),
            ..Choices::default()
        };
        let mended = broken.clone().within_reason();
        assert_eq!(
            (mended.body_size, mended.table_size, mended.line_pitch),
            (18, 28, 198)
        );
        assert_eq!(mended.body_font, "仿宋_GB2312");
        let fault = |choices: Choices| choices.fault().unwrap_or_default();
        let usual = Choices::default;
        assert_eq!(fault(broken), "正文字号要在9磅到22磅之间");
        assert_eq!(
            fault(Choices {
                table_size: 30,
                ..usual()
            }),
            "表格字号要在5磅到14磅之间"
        );
        assert_eq!(
            fault(Choices {
                title_size: 56,
                ..usual()
            }),
            "行距要在30.8磅到60磅之间，至少是标题和正文字号的1.1倍"
        );
    }

    #[test]
    fn a_look_is_handed_on_without_what_is_of_one_report() {
        let own = Choices {
            date: "2026-1-15".to_owned(),
            number: "青政发〔2026〕1号".to_owned(),
            times: true,
            ..Choices::default()
        };
        let look = own.look();
        assert_eq!(
            (look.date.as_str(), look.number.as_str(), look.times),
            ("", "", true)
        );
        assert_eq!(look.with_own(&own), own);
    }
}
