//! Which font stands in for which: the names that printers, systems and free fonts have for the same look.
//!
//! It knows names only, no file.

/// The names to ask for in turn when a font is wanted, itself first.
pub(super) fn stand_ins(wanted: &str) -> impl Iterator<Item = &str> {
    let alike = FontKind::of(wanted).likeness().iter();
    std::iter::once(wanted)
        .chain(alike.flat_map(|kind| kind.names().iter().copied()))
        .chain(RARE)
}

/// The names of what looks like a font, itself first; every title is well set in a 宋体.
pub(super) fn alike(wanted: &str) -> impl Iterator<Item = &str> {
    let kind = FontKind::known(wanted);
    let kinds: &[FontKind] = match kind {
        Some(FontKind::BiaoSong) => &[FontKind::BiaoSong, FontKind::Song],
        Some(kind) => kind.likeness().get(..1).unwrap_or_default(),
        None => &[],
    };
    std::iter::once(wanted).chain(kinds.iter().flat_map(|kind| kind.names().iter().copied()))
}

/// Fonts that look alike, the wanted one first and the free ones last.
const FAMILIES: [(FontKind, &[&str]); 6] = [
    (
        FontKind::Times,
        &[
            "Times New Roman",
            "Liberation Serif",
            "Nimbus Roman",
            "Nimbus Roman No9 L",
            "TeX Gyre Termes",
            "Tinos",
            "FreeSerif",
        ],
    ),
    (
        FontKind::FangSong,
        &[
            "仿宋_GB2312",
            "FangSong_GB2312",
            "仿宋",
            "FangSong",
            "方正仿宋_GBK",
            "FZFangSong-Z02",
            "FZFangSong-Z02S",
            "方正仿宋简体",
            "华文仿宋",
            "STFangsong",
            "朱雀仿宋",
            "Zhuque Fangsong (technical preview)",
            "Zhuque Fangsong",
            "FandolFang R",
            "FandolFang",
        ],
    ),
    (
        FontKind::Kai,
        &[
            "楷体_GB2312",
            "KaiTi_GB2312",
            "楷体",
            "KaiTi",
            "方正楷体_GBK",
            "FZKai-Z03",
            "华文楷体",
            "STKaiti",
            "Kaiti SC",
            "霞鹜文楷",
            "LXGW WenKai",
            "FandolKai",
            "AR PL UKai CN",
        ],
    ),
    (
        FontKind::BiaoSong,
        &[
            "方正小标宋简体",
            "方正小标宋_GBK",
            "FZXiaoBiaoSong-B05S",
            "FZXiaoBiaoSong-B05",
            "华文中宋",
            "STZhongsong",
        ],
    ),
    (
        FontKind::Song,
        &[
            "宋体",
            "SimSun",
            "方正书宋_GBK",
            "FZShuSong-Z01",
            "华文宋体",
            "STSong",
            "Songti SC",
            "思源宋体",
            "Source Han Serif SC",
            "Source Han Serif CN",
            "Noto Serif CJK SC",
            "Noto Serif SC",
            "FandolSong",
            "AR PL UMing CN",
        ],
    ),
    (
        FontKind::Hei,
        &[
            "黑体",
            "SimHei",
            "方正黑体_GBK",
            "FZHei-B01",
            "华文黑体",
            "STHeiti",
            "微软雅黑",
            "Microsoft YaHei",
            "PingFang SC",
            "思源黑体",
            "Source Han Sans SC",
            "Source Han Sans CN",
            "Noto Sans CJK SC",
            "Noto Sans SC",
            "FandolHei",
            "文泉驿微米黑",
            "WenQuanYi Micro Hei",
            "WenQuanYi Zen Hei",
        ],
    ),
];

/// Fonts asked for characters that no font for text has.
const RARE: [&str; 9] = [
    "SimSun-ExtB",
    "MingLiU-ExtB",
    "HanaMinB",
    "Plangothic P1",
    "Plangothic P2",
    "DejaVu Sans",
    "Segoe UI Symbol",
    "Noto Sans Symbols2",
    "Noto Emoji",
];

/// What a font looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FontKind {
    FangSong,
    Kai,
    BiaoSong,
    Song,
    Hei,
    Times,
}

impl FontKind {
    /// The kinds that stand in for this one, itself first.
    fn likeness(self) -> &'static [FontKind] {
        match self {
            Self::FangSong => &[Self::FangSong, Self::Song, Self::Hei],
            Self::Kai => &[Self::Kai, Self::FangSong, Self::Song, Self::Hei],
            Self::BiaoSong => &[Self::BiaoSong, Self::Song, Self::Hei],
            Self::Song => &[Self::Song, Self::FangSong, Self::Hei],
            Self::Hei => &[Self::Hei, Self::Song],
            Self::Times => &[Self::Times, Self::Song],
        }
    }

    fn names(self) -> &'static [&'static str] {
        FAMILIES
            .iter()
            .find(|(kind, _)| *kind == self)
            .map_or(&[], |(_, names)| *names)
    }

    fn of(name: &str) -> Self {
        Self::known(name).unwrap_or(Self::Song)
    }

    fn known(name: &str) -> Option<Self> {
        let holds = |names: &[&str]| names.iter().any(|other| other.eq_ignore_ascii_case(name));
        let found = FAMILIES.iter().find(|(_, names)| holds(names));
        found.map(|(kind, _)| *kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_font_goes_by_the_names_of_its_kind() {
        assert_eq!(FontKind::of("FangSong_GB2312"), FontKind::FangSong);
        assert_eq!(FontKind::of("simhei"), FontKind::Hei);
        assert_eq!(FontKind::of("某某手写体"), FontKind::Song);
    }

    #[test]
    fn what_is_wanted_is_asked_for_first() {
        assert_eq!(stand_ins("某某手写体").next(), Some("某某手写体"));
        assert_eq!(stand_ins("仿宋_GB2312").nth(3), Some("仿宋"));
    }
}
