//! Last year's sentences made ready for this year: years and bound figures renewed where that is certain, and
//! what else of them is last year's told. It changes no report.

mod remnants;
mod years;

pub use self::remnants::{Remnant, RemnantKind, told};
pub(super) use self::remnants::{RemnantSearch, of_section};
use self::years::with_years;
use super::claims::{claims, follow};
use crate::form::FieldId;
use crate::report::reuse::{TextPiece, pieces};
use crate::report::{Edit, Entry, Report};

/// A sentence of last year's report, ready for this year's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renewed {
    /// What it says this year.
    pub words: String,
    /// What in it is last year's still.
    pub left: Vec<Remnant>,
}

/// The pieces of last year's text for a field of this year's report, in order.
#[must_use]
pub fn renewed(report: &Report, prior: &Report, field: FieldId) -> Vec<Renewed> {
    let Some(older) = prior.same_field(report, field) else {
        return Vec::new();
    };
    let with_figures = with_figures(report, prior, older);
    let mut text = with_figures.clone();
    for piece in pieces(&with_figures).into_iter().rev() {
        if !piece.is_heading() {
            text.replace_range(piece.range, &with_years(piece.words, prior.year()));
        }
    }
    let mut made = alone(report, field);
    made.apply(Edit::Enter(field, Entry::Text(text.clone())));
    let claims = claims(&made, Some(prior));
    let section = report.edition().section_of(field);
    let search = RemnantSearch {
        text: &text,
        claims: &of_section(&claims, section),
        last: prior.year(),
        tells_differing: true,
    };
    let renewed = |piece: TextPiece<'_>| Renewed {
        words: piece.words.to_owned(),
        left: match piece.level {
            Some(_) => Vec::new(),
            None => search.remnants(&piece.range),
        },
    };
    pieces(&text).into_iter().map(renewed).collect()
}

/// A report in which one text stands and no other.
fn alone(report: &Report, field: FieldId) -> Report {
    let mut alone = report.clone();
    let others: Vec<_> = report.edition().passages().map(|(_, id)| id).collect();
    for id in others.into_iter().filter(|&id| id != field) {
        alone.apply(Edit::Enter(id, Entry::Blank));
    }
    alone
}

/// Last year's text with the figures that its tables held replaced by those of this year's, where they are
/// filled in.
fn with_figures(report: &Report, prior: &Report, older: FieldId) -> String {
    let before = alone(prior, older);
    let mut after = before.clone();
    for id in prior.edition().cells() {
        let own = report.same_field(prior, id);
        let entry = own.map_or(Entry::Blank, |own| report.entry(own).clone());
        after.apply(Edit::Enter(id, entry));
    }
    for edit in follow(&before, &after, None, &[]).edits {
        after.apply(edit);
    }
    after.text(older).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form;

    const TEXT: &str = "2024年，本镇收到政府信息公开申请12件，较2023年增加3件。\n全年公开信息186条，2024年3月印发《2024年要点》。下一步，将加强培训。";

    fn report(year: u16, received: Option<i64>, text: &str) -> Report {
        let edition = form::for_year(year).unwrap();
        let mut report = Report::new(edition.clone(), year);
        let mut enter =
            |key: &str, entry| drop(report.apply(Edit::Enter(edition.find(key).unwrap(), entry)));
        enter("overview", Entry::Text(text.to_owned()));
        for cell in edition.cells().filter(|&id| !edition.field(id).is_total()) {
            let key = edition.field(cell).key.clone();
            if let Some(received) = received {
                let is_it = key == "requests.new_received@natural_person";
                enter(&key, Entry::Number(if is_it { received } else { 0 }.into()));
            }
        }
        report
    }

    fn made(received: Option<i64>) -> Vec<(String, String)> {
        let (prior, report) = (report(2024, Some(12), TEXT), report(2025, received, ""));
        let field = report.edition().find("overview").unwrap();
        let made = renewed(&report, &prior, field);
        made.into_iter()
            .map(|one| (one.words, told(&one.left)))
            .collect()
    }

    #[test]
    fn years_and_bound_figures_are_renewed_and_the_rest_is_told() {
        let said = made(Some(15));
        assert_eq!(
            said[0].0,
            "2025年，本镇收到政府信息公开申请15件，较2024年增加3件。"
        );
        assert_eq!(said[0].1, "");
        assert_eq!(
            said[1],
            (
                "全年公开信息186条，2024年3月印发《2024年要点》。".to_owned(),
                "上年的年份“2024年”，未核对的数“186条”".to_owned()
            )
        );
        assert_eq!(said[2].1, "上年的打算“下一步”");
    }

    #[test]
    fn a_figure_whose_cell_is_blank_is_left_and_told() {
        let said = made(None);
        assert_eq!(
            said[0].0,
            "2025年，本镇收到政府信息公开申请12件，较2024年增加3件。"
        );
        assert!(said[0].1.contains("12件"), "{}", said[0].1);
    }
}
