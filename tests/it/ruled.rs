//! The ways in which programs draw the rules of a table into a PDF: whatever they are, every figure is
//! read in its cell or not at all.

use nianbao::doc::{Block, Wholeness};
use nianbao::import;

use crate::pdf::{drawn, text};

const XS: [f64; 4] = [100.0, 200.0, 300.0, 400.0];
const YS: [f64; 4] = [480.0, 520.0, 560.0, 600.0];

/// A rule, or one side of a cell.
#[derive(Clone, Copy)]
struct Side {
    from: (f64, f64),
    to: (f64, f64),
}

impl Side {
    fn is_level(self) -> bool {
        (self.from.1 - self.to.1).abs() < 0.01
    }

    /// As a line that is moved by so much across, and so much shorter at both ends.
    fn line(self, across: f64, short: f64) -> String {
        let ((x0, y0), (x1, y1)) = (self.from, self.to);
        if self.is_level() {
            let y = y0 + across;
            format!("{} {y} m {} {y} l S ", x0 + short, x1 - short)
        } else {
            let x = x0 + across;
            format!("{x} {} m {x} {} l S ", y0 + short, y1 - short)
        }
    }

    /// As a rectangle that is so thick, and so much shorter at both ends.
    fn thin(self, thick: f64, short: f64) -> [f64; 4] {
        let ((x0, y0), (x1, y1)) = (self.from, self.to);
        if self.is_level() {
            [x0 + short, y0 - thick / 2.0, x1 - x0 - 2.0 * short, thick]
        } else {
            [x0 - thick / 2.0, y0 + short, thick, y1 - y0 - 2.0 * short]
        }
    }
}

fn whole() -> Vec<Side> {
    let level = YS.map(|y| Side {
        from: (100.0, y),
        to: (400.0, y),
    });
    let upright = XS.map(|x| Side {
        from: (x, 480.0),
        to: (x, 600.0),
    });
    level.into_iter().chain(upright).collect()
}

/// The cells, each with its lower left and its upper right corner.
fn boxes() -> Vec<[f64; 4]> {
    let rows = YS.windows(2).rev();
    rows.flat_map(|y| XS.windows(2).map(|x| [x[0], y[0], x[1], y[1]]))
        .collect()
}

fn sides() -> Vec<Side> {
    let of = |[x0, y0, x1, y1]: [f64; 4]| {
        [
            ((x0, y0), (x1, y0)),
            ((x0, y1), (x1, y1)),
            ((x0, y0), (x0, y1)),
            ((x1, y0), (x1, y1)),
        ]
    };
    let sides = boxes().into_iter().flat_map(of);
    sides.map(|(from, to)| Side { from, to }).collect()
}

fn each(sides: &[Side], draw: impl Fn(Side) -> String) -> String {
    sides.iter().map(|side| draw(*side)).collect()
}

fn rect([x, y, width, height]: [f64; 4]) -> String {
    format!("{x} {y} {width} {height} re ")
}

fn around([x0, y0, x1, y1]: [f64; 4], more: f64) -> [f64; 4] {
    let (width, height) = (x1 - x0 + 2.0 * more, y1 - y0 + 2.0 * more);
    [x0 - more, y0 - more, width, height]
}

fn dots(side: Side, apart: f64, wide: f64) -> String {
    let ((x0, y0), (x1, y1)) = (side.from, side.to);
    let count = ((x1 - x0).max(y1 - y0) / apart) as usize;
    let dot = |at: usize| {
        let at = at as f64 * apart;
        let (x, y) = if side.is_level() {
            (x0 + at, y0)
        } else {
            (x0, y0 + at)
        };
        rect([x, y, wide, wide])
    };
    (0..=count).map(dot).collect::<String>() + "f "
}

/// Every way in which the table is whole, by its name.
fn whole_ways() -> Vec<(&'static str, String)> {
    let (rules, sides, boxes) = (whole(), sides(), boxes());
    let lines = each(&rules, |side| side.line(0.0, 0.0));
    let thin =
        |sides: &[Side], thick, short| each(sides, |side| rect(side.thin(thick, short)) + "f ");
    let all = |draw: &dyn Fn([f64; 4]) -> String| -> String {
        boxes.iter().map(|one| draw(*one)).collect()
    };
    let pieces = |gap: f64| {
        each(&rules, |side| {
            let ((x0, y0), (x1, y1)) = (side.from, side.to);
            let (right, up) = if side.is_level() {
                (5.0, 0.0)
            } else {
                (0.0, 5.0)
            };
            let count = ((x1 - x0).max(y1 - y0) / 5.0) as usize;
            let piece = |at: usize| {
                let (x, y) = (x0 + right * at as f64, y0 + up * at as f64);
                let (from, to) = ((x, y), (x + right, y + up));
                Side { from, to }.line(0.0, gap / 2.0)
            };
            (0..count).map(piece).collect()
        })
    };
    let double = |apart: f64| {
        each(&rules, |side| {
            side.line(apart / 2.0, 0.0) + &side.line(-apart / 2.0, 0.0)
        })
    };
    let placed = |side: Side, what: &str| {
        let [x, y, width, height] = side.thin(0.6, 0.0);
        format!("q {width} 0 0 {height} {x} {y} cm {what} Q ")
    };
    vec![
        ("lines", lines.clone()),
        ("lines without width", format!("0 w {lines}")),
        ("thick lines", format!("4 w {lines}")),
        ("dashes", format!("[3 2] 0 d {lines}")),
        ("dots far apart", format!("[1 8] 0 d {lines}")),
        ("grey", format!("0.8 G {lines}")),
        ("twice", lines.clone() + &lines),
        ("longer", each(&rules, |side| side.line(0.0, -10.0))),
        ("thin areas", thin(&rules, 0.5, 0.0)),
        ("a thin area a side", thin(&sides, 0.48, 0.0)),
        ("sides short of the corners", thin(&sides, 0.48, 1.2)),
        (
            "corners apart",
            thin(&sides, 0.48, 0.48)
                + &all(&|[x, y, _, _]| rect([x - 0.2, y - 0.2, 0.4, 0.4]) + "f "),
        ),
        ("double lines", double(1.5)),
        ("double lines wide apart", double(3.5)),
        ("a box a cell", all(&|one| rect(around(one, 0.0)) + "S ")),
        ("boxes apart", all(&|one| rect(around(one, -1.5)) + "S ")),
        (
            "white areas with borders",
            format!("1 g {} 0 g ", all(&|one| rect(around(one, 0.0)) + "B ")),
        ),
        (
            "thin frames",
            all(&|one| rect(around(one, 0.25)) + &rect(around(one, -0.25)) + "f* "),
        ),
        (
            "mitred sides",
            each(&rules, |side| {
                let ([x, y, width, height], mitre) = (side.thin(1.0, 0.0), 0.5);
                let (right, up) = if side.is_level() {
                    (mitre, 0.0)
                } else {
                    (0.0, mitre)
                };
                format!(
                    "{x} {y} m {} {} l {} {} l {} {} l h f ",
                    x + width - if side.is_level() { 0.0 } else { width },
                    y + height - if side.is_level() { height } else { 0.0 },
                    x + width - right,
                    y + height - up,
                    x + right + if side.is_level() { 0.0 } else { width },
                    y + up + if side.is_level() { height } else { 0.0 },
                )
            }),
        ),
        (
            "all in one path",
            rules
                .iter()
                .map(|side| rect(side.thin(0.5, 0.0)))
                .collect::<String>()
                + "f ",
        ),
        ("short pieces", pieces(0.0)),
        ("short pieces apart", pieces(2.5)),
        ("rows of dots", each(&rules, |side| dots(side, 1.5, 0.6))),
        (
            "scaled",
            format!(
                "q 0.1 0 0 0.1 0 0 cm 10 w {} Q ",
                each(&rules, |side| {
                    let times = |(x, y): (f64, f64)| (x * 10.0, y * 10.0);
                    Side {
                        from: times(side.from),
                        to: times(side.to),
                    }
                    .line(0.0, 0.0)
                })
            ),
        ),
        (
            "turned",
            format!(
                "q 0 1 -1 0 0 0 cm {} Q ",
                each(&rules, |side| {
                    let ((x0, y0), (x1, y1)) = (side.from, side.to);
                    format!("{y0} {} m {y1} {} l S ", -x0, -x1)
                })
            ),
        ),
        (
            "clipped to the cell",
            all(&|one| {
                format!(
                    "q {}W n 1 w {}S Q ",
                    rect(around(one, 0.0)),
                    rect(around(one, 0.0))
                )
            }),
        ),
        (
            "areas cut thin",
            each(&rules, |side| {
                format!("q {}W n 0 0 600 800 re f Q ", rect(side.thin(0.5, 0.0)))
            }),
        ),
        ("pictures", each(&rules, |side| placed(side, "/I Do"))),
        (
            "pictures in place",
            each(&rules, |side| {
                placed(side, "BI /W 1 /H 1 /CS /G /BPC 8 ID 0 EI")
            }),
        ),
        (
            "pictures as masks",
            each(&rules, |side| {
                placed(side, "BI /W 1 /H 1 /IM true /BPC 1 ID \0 EI")
            }),
        ),
    ]
}

/// Ways in which nobody could tell for sure, or see, where the cells are.
fn open_ways() -> Vec<(&'static str, String)> {
    let rules = whole();
    let lines = each(&rules, |side| side.line(0.0, 0.0));
    let only = |is_level: bool| -> Vec<Side> {
        let sides = rules.iter().filter(|side| side.is_level() == is_level);
        sides.copied().collect()
    };
    vec![
        ("no rules", String::new()),
        ("white lines", format!("1 G {lines} 0 G ")),
        (
            "white pictures",
            each(&rules, |side| {
                let [x, y, width, height] = side.thin(0.6, 0.0);
                format!(
                    "q {width} 0 0 {height} {x} {y} cm BI /W 1 /H 1 /CS /G /BPC 8 /D [1 1] ID 0 EI Q "
                )
            }),
        ),
        ("clipped away", format!("q 0 0 1 1 re W n {lines} Q ")),
        (
            "level lines only",
            each(&only(true), |side| side.line(0.0, 0.0)),
        ),
        (
            "upright lines only",
            each(&only(false), |side| side.line(0.0, 0.0)),
        ),
        (
            "slanting",
            each(&rules, |side| {
                let ((x0, y0), (x1, y1)) = (side.from, side.to);
                format!("{x0} {y0} m {} {} l S ", x1 + 4.0, y1 + 4.0)
            }),
        ),
    ]
}

/// The table with figures in its cells; what is read of them, cell by cell, and how sure it is.
fn read(rules: &str) -> (Vec<String>, Wholeness) {
    let mut content = rules.to_owned();
    for (number, [x, y, _, _]) in boxes().into_iter().enumerate() {
        let figure = (number + 1) * 111;
        content += &text(x as u32 + 40, y as u32 + 15, &figure.to_string());
    }
    let doc = import::read("a.pdf", &drawn(&content)).unwrap();
    let tables = doc.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(&table.cells),
        _ => None,
    });
    let cells = tables.flatten().map(|cell| cell.text.clone()).collect();
    (cells, doc.wholeness)
}

#[test]
fn rules_are_seen_however_they_are_drawn() {
    let figures: Vec<String> = (1..=9).map(|number| (number * 111).to_string()).collect();
    let mut faults = Vec::new();
    for (way, rules) in whole_ways() {
        let (mut cells, wholeness) = read(&rules);
        cells.retain(|cell| !cell.is_empty());
        if cells != figures || wholeness != Wholeness::Likely {
            faults.push((way, cells));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn no_figure_is_taken_for_a_cell_of_a_table_that_cannot_be_told() {
    for (way, rules) in open_ways() {
        let (cells, _) = read(&rules);
        let is_bare = |cell: &String| cell.contains(|c: char| c.is_ascii_digit());
        assert!(!cells.iter().any(is_bare), "{way}: {cells:?}");
    }
}

#[test]
fn a_figure_on_a_rule_belongs_to_no_cell() {
    let lines = each(&whole(), |side| side.line(0.0, 0.0));
    let content = [
        lines,
        text(190, 575, "1047"),
        text(230, 535, "22"),
        text(390, 495, "365"),
    ];
    let doc = import::read("a.pdf", &drawn(&content.concat())).unwrap();
    let said: Vec<_> = doc.texts().collect();
    assert!(said.is_empty(), "{said:?}");
    assert_eq!(doc.wholeness, Wholeness::Damaged);
    assert!(
        doc.notes.iter().any(|note| note.contains("压在框线上")),
        "{:?}",
        doc.notes
    );
    let Some(Block::Table(table)) = doc.blocks.first() else {
        panic!("{doc:?}");
    };
    let read: Vec<_> = table
        .cells
        .iter()
        .filter(|cell| !cell.text.is_empty())
        .collect();
    assert_eq!(read.len(), 1, "{read:?}");
    assert_eq!(read[0].text, "22");
}

#[test]
fn figures_of_one_row_may_stand_a_hair_above_one_another() {
    let lines = each(&whole(), |side| side.line(0.0, 0.0));
    let figure = |x: u32, y: f64, text: &str| format!("BT /F 12 Tf {x} {y} Td ({text}) Tj ET ");
    let content = [
        lines,
        figure(140, 495.4999, "111"),
        figure(240, 495.5001, "222"),
        figure(340, 495.4999, "333"),
    ];
    let doc = import::read("a.pdf", &drawn(&content.concat())).unwrap();
    let Some(Block::Table(table)) = doc.blocks.first() else {
        panic!("{doc:?}");
    };
    let mut read: Vec<_> = table.cells.iter().map(|cell| cell.text.as_str()).collect();
    read.retain(|text| !text.is_empty());
    assert_eq!(read, ["111", "222", "333"], "{:?}", doc.notes);
}
