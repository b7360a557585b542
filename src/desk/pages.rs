//! What a folder comes to, as a document: the list of units, the sums, the differences, what is alike.

use std::collections::{BTreeMap, BTreeSet};

use super::alike::AlikePair;
use super::gather::{GatheredUnit, Gathering, OwnFile};
use super::state::UnitState;
use super::taken::shown;
use crate::check::RuleSettings;
use crate::doc::compose::compose;
use crate::doc::own::{UNIT_HEADS, summary_title};
use crate::doc::{Block, Cell, Doc, Role, Table};
use crate::report::Number;

/// The most units of a table in which each stands beside each.
const SQUARE: usize = 200;
/// Width of the type area in twips.
const WIDTH: u32 = 8844;

/// For what a document is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    /// Pages, as wide as paper is.
    Pages,
    /// Sheets, as wide as one likes.
    Sheets,
}

impl Gathering {
    /// The whole as a document.
    #[must_use]
    pub fn doc(&self, settings: &RuleSettings, paper: Paper) -> Doc {
        let mut blocks = Vec::new();
        let mut number = "一二三四五六".chars();
        let mut heading = |blocks: &mut Vec<Block>, name: &str| {
            let number = number.next().unwrap_or('　');
            let text = format!("{number}、{name}");
            blocks.push(Block::Heading { level: 1, text });
        };
        heading(&mut blocks, "报送情况");
        blocks.push(Block::Paragraph(format!("{}。", self.summary())));
        blocks.push(Block::Table(self.list()));
        if !self.strays.is_empty() || !self.unread.is_empty() {
            heading(&mut blocks, "没有计入的文件");
            blocks.push(Block::Table(self.rest()));
        }
        heading(&mut blocks, "汇总");
        let sums = compose(&self.sum_report()).blocks.into_iter();
        blocks.extend(sums.filter(|block| matches!(block, Block::Table(_))));
        if let Some(table) = self.blanks() {
            blocks.push(Block::Paragraph(
                "下列各格有单位没有填，汇总数是其余单位的合计，没有把空白当作0。".to_owned(),
            ));
            blocks.push(Block::Table(table));
        }
        if let Some(own) = &self.own {
            heading(&mut blocks, "与本级报告比较");
            blocks.extend(self.beside(own));
        }
        let pairs = self.alike(settings);
        heading(&mut blocks, "文字雷同");
        if pairs.is_empty() {
            blocks.push(Block::Paragraph("没有发现雷同的文字。".to_owned()));
        } else {
            blocks.push(Block::Table(alike(&pairs)));
            blocks.extend(
                matrix(&pairs)
                    .filter(|_| paper == Paper::Sheets)
                    .map(Block::Table),
            );
        }
        Doc {
            year: Some(self.year),
            title: summary_title(self.year),
            blocks,
            ..Doc::default()
        }
    }

    /// How many units stand how, in one line.
    #[must_use]
    pub fn summary(&self) -> String {
        let counts = UnitState::ALL.into_iter().filter_map(|state| {
            let count = self.in_state(state);
            (count > 0).then(|| format!("{}{count}个", state.name()))
        });
        let mut parts = vec![format!("应报{}个单位", self.units.len())];
        parts.extend(counts);
        parts.push(format!("计入汇总{}个", self.counted().count()));
        parts.join("，")
    }

    /// The list that is sent round to hurry those who are late.
    fn list(&self) -> Table {
        let row = |unit: &GatheredUnit| {
            let taken = self.taken_of(unit);
            let count = |count: Option<usize>| count.map_or_else(String::new, |n| n.to_string());
            vec![
                unit.name.clone(),
                unit.listed.category.clone(),
                unit.listed.contact.clone(),
                unit.listed.due.clone(),
                unit.state.name().to_owned(),
                count(taken.map(|taken| taken.errors)),
                count(taken.map(|taken| taken.queries)),
                unit.notes.join("；"),
            ]
        };
        let mut units: Vec<&GatheredUnit> = self.units.iter().collect();
        let order = |state| UnitState::ALL.iter().position(|one| *one == state);
        units.sort_by_key(|unit| order(unit.state));
        let rows = units.into_iter().map(row).collect();
        let widths = [1700, 700, 800, 950, 850, 500, 500, 2844];
        table("报送情况", &UNIT_HEADS, &widths, rows)
    }

    fn rest(&self) -> Table {
        let strays = self.strays.iter().filter_map(|stray| {
            let taken = self.taken.get(stray.taken)?;
            Some(vec![taken.file.clone(), stray.note.clone()])
        });
        let unread = self.unread.iter();
        let unread = unread.map(|unread| vec![unread.file.clone(), unread.reason.clone()]);
        let rows = strays.chain(unread).collect();
        table("没有计入的文件", &["文件", "原因"], &[3844, 5000], rows)
    }

    /// The cells that some unit left blank; `None` when there is none.
    fn blanks(&self) -> Option<Table> {
        let blank = self.sums().into_iter().filter(|sum| sum.blank > 0);
        let rows: Vec<Vec<String>> = blank
            .map(|sum| {
                vec![
                    self.label(sum.cell),
                    shown(sum.value),
                    sum.blank.to_string(),
                ]
            })
            .collect();
        let head = ["栏目", "汇总", "没有填的单位"];
        (!rows.is_empty()).then(|| table("没有填的格", &head, &[6044, 1400, 1400], rows))
    }

    fn beside(&self, own: &OwnFile) -> Vec<Block> {
        let different = self.differences(&own.report);
        if different.is_empty() {
            let same = format!("{}的每一格都等于各单位之和。", own.file);
            return vec![Block::Paragraph(same)];
        }
        let rows = different.iter().map(|different| {
            let gap = match (different.own, different.sum) {
                (Some(own), Some(sum)) => (own - sum).to_string(),
                _ => String::new(),
            };
            vec![
                self.label(different.cell),
                shown(different.own),
                shown(different.sum),
                gap,
                different.explained_by.join("、"),
            ]
        });
        let head = ["栏目", "本级", "汇总", "相差", "可能的单位"];
        let widths = [3344, 1000, 1000, 1000, 2500];
        vec![
            Block::Paragraph(format!(
                "{}有{}格不等于各单位之和。",
                own.file,
                different.len()
            )),
            Block::Table(table("与本级报告比较", &head, &widths, rows.collect())),
        ]
    }

    /// What a cell is called.
    #[must_use]
    pub fn label(&self, cell: crate::form::FieldId) -> String {
        self.edition.field(cell).label.clone()
    }
}

fn alike(pairs: &[AlikePair]) -> Table {
    let rows = pairs.iter().map(|pair| {
        vec![
            pair.one.clone(),
            format!("{}（{}年）", pair.other, pair.year),
            pair.alike.label.clone(),
            format!("{}%", pair.alike.percent),
            pair.alike.sentence.clone(),
        ]
    });
    let head = ["单位", "与它雷同的", "部分", "相同", "例句"];
    let widths = [1700, 2100, 1500, 700, 2844];
    table("文字雷同", &head, &widths, rows.collect())
}

/// Who is alike to whom, each beside each; `None` for more than a sheet can show.
fn matrix(pairs: &[AlikePair]) -> Option<Table> {
    let name = |name: &str, year: u16, own: u16| {
        if year == own {
            name.to_owned()
        } else {
            format!("{name}（{year}年）")
        }
    };
    let own = pairs.iter().map(|pair| pair.year).max()?;
    let mut names = BTreeSet::new();
    let mut most: BTreeMap<(String, String), usize> = BTreeMap::new();
    for pair in pairs {
        let (one, other) = (pair.one.clone(), name(&pair.other, pair.year, own));
        for key in [(one.clone(), other.clone()), (other.clone(), one.clone())] {
            let most = most.entry(key).or_default();
            *most = pair.alike.percent.max(*most);
        }
        names.extend([one, other]);
    }
    if names.len() > SQUARE {
        return None;
    }
    let rows = names.iter().map(|one| {
        let squares = names.iter().map(|other| {
            let most = most.get(&(one.clone(), other.clone()));
            most.map_or_else(String::new, ToString::to_string)
        });
        std::iter::once(one.clone()).chain(squares).collect()
    });
    let mut head = vec!["相同（%）"];
    head.extend(names.iter().map(String::as_str));
    let widths = vec![WIDTH / 6; head.len()];
    Some(table("雷同矩阵", &head, &widths, rows.collect()))
}

/// A table of these columns; what is a figure stands in it as one.
fn table(caption: &str, head: &[&str], widths: &[u32], rows: Vec<Vec<String>>) -> Table {
    let head = head.iter().map(|&text| text.to_owned()).collect();
    let count = rows.len() + 1;
    let all = std::iter::once(head).chain(rows).enumerate();
    let cells = all.flat_map(|(row, texts)| {
        texts
            .into_iter()
            .enumerate()
            .map(move |(column, text)| Cell {
                row,
                column,
                row_span: 1,
                column_span: 1,
                role: match row {
                    0 => Role::Head,
                    _ if Number::read(&text).is_some() => Role::Value,
                    _ => Role::Label,
                },
                text,
            })
    });
    Table {
        caption: caption.to_owned(),
        widths: widths.to_vec(),
        header_rows: 1,
        rows: count,
        sums: Vec::new(),
        columns: widths.len(),
        cells: cells.collect(),
    }
}
