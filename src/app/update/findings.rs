//! From finding to finding: which of them are looked at, which comes next, where each leads.
//!
//! It knows the open draft; it knows no widget.

use crate::app::state::findings::{Filter, FindingsRoom};
use crate::app::state::progress::NextStep;
use crate::app::state::{OpenDraft, PartId, State, Target, is_open};
use crate::check::{Finding, Findings};
use crate::form::FieldId;

/// What tells a finding from the others while the report changes under it.
fn same(one: &Finding, other: &Finding) -> bool {
    one.rule.name == other.rule.name
        && one.section == other.section
        && one.cells == other.cells
        && one.text.as_ref().map(|span| span.start) == other.text.as_ref().map(|span| span.start)
}

impl OpenDraft {
    /// The part a finding is about.
    #[must_use]
    pub fn part_of(&self, finding: &Finding) -> PartId {
        let number = finding.section.as_ref().and_then(|id| {
            let sections = &self.draft.report().edition().sections;
            sections.iter().position(|section| section.id == *id)
        });
        number.map_or(PartId::Cover, PartId::Section)
    }

    /// Whether a finding is looked at.
    #[must_use]
    pub fn looks_at(&self, finding: &Finding) -> bool {
        let part = self.filter.part;
        self.filter.has_level(finding.level)
            && part.is_none_or(|part| part == self.part_of(finding))
    }

    /// The cells of the chosen finding.
    #[must_use]
    pub fn chosen_cells(&self) -> &[FieldId] {
        let chosen = self.chosen.and_then(|index| self.findings.list.get(index));
        chosen.map_or(&[], |finding| finding.cells.as_slice())
    }

    /// The finding that is this one, or what became of it now that other cells take part.
    pub(in crate::app) fn found_again(&self, old: &Finding) -> Option<&Finding> {
        let is_kin = |new: &&Finding| {
            let is_same_rule = new.rule.name == old.rule.name && new.section == old.section;
            let takes_part = new.cells.iter().any(|cell| old.cells.contains(cell));
            is_same_rule && old.text.is_none() && takes_part
        };
        let same = self.said().find(|new| same(old, new));
        same.or_else(|| self.said().find(is_kin))
    }

    /// Takes new findings and keeps the chosen one, or the place in the list where it stood.
    pub(in crate::app) fn take_findings(&mut self, mut findings: Findings) {
        self.gaps = if self.demands {
            Vec::new()
        } else {
            self.part_gaps(&mut findings)
        };
        let old = self.chosen.and_then(|index| self.findings.list.get(index));
        if let Some(old) = old {
            let new = findings.list.iter().position(|new| same(old, new));
            if new.is_none() {
                self.resume = self.chosen.map(|index| (old.level, index));
            }
            self.chosen = new;
        }
        self.findings = findings;
    }

    /// Goes to the next or previous finding that still asks for something, the gravest first;
    /// whether there is one.
    pub fn step_finding(&mut self, forward: bool) -> bool {
        let list = self.findings.list.iter().enumerate();
        let mut wanted: Vec<_> = list
            .filter(|(_, finding)| is_open(finding) && self.looks_at(finding))
            .map(|(index, finding)| (finding.level, index))
            .collect();
        wanted.sort_unstable();
        let chosen = self.chosen.and_then(|index| {
            let finding = self.findings.list.get(index)?;
            Some((finding.level, index))
        });
        let next = match (chosen, self.resume.take()) {
            (Some(chosen), _) if forward => wanted.iter().find(|&&place| place > chosen),
            (Some(from), _) | (None, Some(from)) if !forward => {
                wanted.iter().rev().find(|&&place| place < from)
            }
            (None, Some(from)) => wanted.iter().find(|&&place| place >= from),
            _ => None,
        };
        let around = if forward {
            wanted.first()
        } else {
            wanted.last()
        };
        let Some(&(_, index)) = next.or(around) else {
            return false;
        };
        self.go_to_finding(index);
        true
    }

    /// Shows the place a finding speaks of.
    pub fn go_to_finding(&mut self, index: usize) {
        let Some(finding) = self.said().nth(index) else {
            return;
        };
        let is_listed = index < self.findings.list.len();
        let place = self.part_of(finding);
        let cell = finding.cells.first().copied();
        let text = finding.text.as_ref().map(|span| Target::Text {
            start: span.start,
            end: span.end,
        });
        self.chosen = is_listed.then_some(index);
        self.place = place;
        match (cell, text) {
            (_, Some(text)) => self.target = Some(text),
            (Some(cell), None) => self.go_to(cell),
            (None, None) => self.target = self.first_field().map(Target::Field),
        }
    }
}

impl State {
    /// Whether the findings are in sight, beside the report or over it.
    #[must_use]
    pub fn lists_findings(&self) -> bool {
        match self.room {
            FindingsRoom::Beside => self.settings.show_findings,
            FindingsRoom::Over => true,
            FindingsRoom::Lacking => false,
        }
    }

    /// Goes to what comes next: what is blank, what was found, or to publishing.
    pub(in crate::app) fn next_step(&mut self) {
        let Some(open) = &mut self.open else { return };
        let next = open.next();
        match next {
            NextStep::Cells(_) | NextStep::Texts(_) => {
                if let Some(place) = open.first_blank(matches!(next, NextStep::Texts(_))) {
                    open.place = place;
                    let target = open.first_blank_field().or_else(|| open.first_field());
                    open.target = target.map(Target::Field);
                }
            }
            NextStep::Errors(_) | NextStep::Queries(_) => {
                open.filter = Filter::default();
                self.step_finding(true);
            }
            NextStep::Publish => self.begin_publishing(),
        }
    }

    /// Goes to the next or previous finding and says what it is.
    pub(in crate::app) fn step_finding(&mut self, forward: bool) {
        let is_listed = self.lists_findings();
        let Some(open) = &mut self.open else { return };
        self.notice = if open.step_finding(forward) {
            let chosen = open.chosen.and_then(|index| open.findings.list.get(index));
            // What stands in the list beside the report need not be said a second time.
            let chosen = chosen.filter(|_| !is_listed);
            chosen.map_or_else(String::new, |finding| {
                format!("{}：{}", finding.level.name(), finding.message)
            })
        } else {
            "没有要处理的审核结果".to_owned()
        };
    }
}
