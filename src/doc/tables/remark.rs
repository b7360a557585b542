//! What is to be said about a table that was read.

use crate::report::note;

/// Something a person should know about the reading of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Remark {
    /// The label of a row was read though it was printed differently.
    AlteredLabel {
        printed: String,
        prescribed: String,
    },
    /// The heading of a column was read though it was printed differently.
    AlteredHeading {
        printed: String,
        prescribed: String,
    },
    /// No line of the form has this label.
    NoSuchLine(String),
    /// Figures stand in a row without a label.
    NoLabel(Vec<String>),
    /// Figures stand below a label that lies apart from them, and other lines may be meant.
    LabelApart {
        label: String,
        figures: Vec<String>,
    },
    /// Labels of several lines lie before figures of running text.
    ScatteredLabels {
        label: String,
        figures: Vec<String>,
    },
    /// Figures behind some that have no label may all be those of other rows.
    PerhapsShifted,
    /// The headings above a line are not those of the form.
    StrangeHeadings(String),
    /// A line leaves cells empty and has figures that may be one figure printed twice.
    PerhapsRepeated(String),
    TooManyFigures {
        label: String,
        figures: usize,
        cells: usize,
    },
    TooFewFigures {
        label: String,
        figures: Vec<String>,
    },
    /// A line was printed twice, with different figures.
    TwiceDifferent(String),
    /// The figures of a line stood in two rows.
    JoinedRows(String),
    /// Figures of a line were broken in narrow columns.
    JoinedFigures(String),
    /// Such figures do not give the total, however they are joined.
    BrokenFigures(String),
    /// Figures may be broken, since they do not give the total.
    PerhapsBroken(String),
    /// Running text has the table column by column.
    ByColumns,
    /// A line of running text may have figures of another.
    PerhapsMixed(String),
    /// The heading of a group has figures, and the group has lines of its own.
    GroupHasLines(String),
    /// The only row of a group was taken for its last line.
    GroupAsLine {
        label: String,
        line: String,
    },
    /// The totals tell in which cells the figures of a line stand.
    PlacedBySums(String),
    /// What is to be said about a single cell.
    Cell(String),
}

impl Remark {
    /// The remark as a sentence; `section` is what the table is called.
    pub fn sentence(&self, section: &str) -> String {
        let sentence = match self {
            Self::Cell(sentence) => return sentence.clone(),
            Self::AlteredLabel {
                printed,
                prescribed,
            } => return note::altered_label(section, printed, prescribed),
            Self::AlteredHeading {
                printed,
                prescribed,
            } => return note::altered_heading(section, printed, prescribed),
            Self::NoSuchLine(label) => format!("“{label}”一行对不上表中的任何一行，没有导入"),
            Self::NoLabel(figures) => {
                format!("有一行没有行名，数字“{}”没有导入", figures.join("、"))
            }
            Self::LabelApart { label, figures } => format!(
                "“{label}”与数字不在一起，它下面的数字“{}”分不清属于哪一行，没有导入",
                figures.join("、")
            ),
            Self::ScatteredLabels { label, figures } => format!(
                "“{label}”前面还有别行的行名，数字“{}”分不清属于哪一行，没有导入",
                figures.join("、")
            ),
            Self::PerhapsShifted => {
                "有一行数字前面没有行名，分不清后面的数字属于哪一行，没有导入".to_owned()
            }
            Self::StrangeHeadings(label) => {
                format!("“{label}”一行上方的栏名对不上，数字没有导入")
            }
            Self::PerhapsRepeated(label) => {
                format!("“{label}”一行有空格又有重复的数字，分不清属于哪几格，没有导入")
            }
            Self::TooManyFigures {
                label,
                figures,
                cells,
            } => format!("“{label}”一行有{figures}个数字，表中只有{cells}格，没有导入"),
            Self::TooFewFigures { label, figures } => format!(
                "“{label}”一行只有{}个数字（{}），无法确定属于哪几格，没有导入",
                figures.len(),
                figures.join("、")
            ),
            Self::TwiceDifferent(label) => {
                format!("“{label}”一行出现两次而数字不同，留作空白，请核对")
            }
            Self::JoinedRows(label) => {
                format!("“{label}”一行的数字断成两行，已接起来，请核对")
            }
            Self::JoinedFigures(label) => {
                format!("“{label}”一行有数字断开，已按合计关系接起来，请核对")
            }
            Self::BrokenFigures(label) => {
                format!("“{label}”一行有数字断开，接起来对不上合计，没有导入")
            }
            Self::PerhapsBroken(label) => {
                format!("“{label}”一行的数字可能断开了，对不上合计，没有导入")
            }
            Self::ByColumns => {
                "文字是按列而不是按行排的，分不清数字属于哪一行，没有导入".to_owned()
            }
            Self::PerhapsMixed(label) => {
                format!("“{label}”一行的数字对不上合计，可能混有别行的数字，没有导入")
            }
            Self::GroupHasLines(label) => {
                format!("“{label}”一行下面另有分项，这一行的数字没有导入")
            }
            Self::GroupAsLine { label, line } => {
                format!("“{label}”只有一行，数字计入“{line}”，请核对")
            }
            Self::PlacedBySums(label) => {
                format!("“{label}”一行少印了数字，已按合计关系填入，请核对")
            }
        };
        format!("{section}：{sentence}")
    }
}
