//! Copy, cut and paste of a table's cells.
//!
//! It knows selection and report; the clipboard itself is the caller's.

use crate::app::table::clipboard::TextBlock;
use crate::app::table::turn::EditSession;
use crate::app::table::{clipboard, paste};
use crate::form::FieldId;
use crate::report::{Edit, Entry, Number};

impl EditSession<'_> {
    /// Copies the selected rectangle, or the text being typed.
    pub fn copy(&mut self) {
        if let Some(editor) = &self.state.editor {
            self.copied = Some(editor.text.clone());
            return;
        }
        let fields = self.selection();
        let shown = |id: FieldId| match self.entry(id) {
            Entry::Blank => {
                let derived = self.is_total(id).then(|| self.report.value(id)).flatten();
                derived.map_or_else(String::new, |value| value.to_string())
            }
            entry => entry.shown(),
        };
        let rows: Vec<Vec<_>> = fields
            .into_iter()
            .map(|row| row.into_iter().map(shown).collect())
            .collect();
        if !rows.is_empty() {
            self.copied = Some(clipboard::write(&rows));
        }
    }

    /// Copies the selection and makes it blank.
    pub fn cut(&mut self) {
        self.copy();
        match &mut self.state.editor {
            Some(editor) => {
                editor.text.clear();
                editor.caret = 0;
            }
            None => self.clear("剪切"),
        }
    }

    /// Pastes a value into the selected cells, or rows of values from the first selected cell on.
    pub fn paste(&mut self, text: &str) {
        let block = clipboard::read(text);
        let single = single_text(&block);
        if let (Some(text), Some(editor)) = (&single, &mut self.state.editor) {
            editor.insert(text.trim());
            return;
        }
        self.commit();
        if let Some(text) = single {
            self.fill(&text);
            return;
        }
        self.paste_block(block);
    }

    fn fill(&mut self, text: &str) {
        let fields: Vec<_> = self.selection().into_iter().flatten().collect();
        let inputs = fields.into_iter().filter(|&id| !self.is_total(id));
        let entries: Vec<_> = inputs.map(|id| (id, self.read(id, text))).collect();
        if entries.is_empty() {
            self.notice("合计自动计算，不用填");
        }
        self.state_all("粘贴", entries);
    }

    fn paste_block(&mut self, block: TextBlock) {
        let first = self.selection().into_iter().flatten().next();
        let Some(origin) = first else { return };
        let plan = paste::plan(self.table, origin, block, &|id| self.is_total(id));
        let touched: Vec<_> = plan.cells.iter().map(|(id, _)| *id).collect();
        if let Some((first, last)) = paste::around(self.table, &touched) {
            self.select(first, last);
        }
        let (totals, inputs): (Vec<_>, Vec<_>) =
            plan.cells.iter().partition(|(id, _)| self.is_total(*id));
        let entries: Vec<_> = inputs
            .into_iter()
            .map(|(id, text)| (*id, self.read(*id, text)))
            .collect();
        let unreadable = entries
            .iter()
            .filter(|(_, entry)| matches!(entry, Entry::Unreadable(_)))
            .count();
        let pasted = entries.len();
        self.state_all("粘贴", entries);
        let mut notices = Vec::new();
        if !plan.over.is_empty() {
            let (count, texts) = (plan.over.len(), named(&plan.over));
            notices.push(format!("粘贴的内容超出表格，有{count}格没有填入：{texts}"));
        }
        if !plan.strangers.is_empty() {
            let labels = named(&plan.strangers);
            notices.push(format!("表中没有这些行，没有填入：{labels}"));
        }
        let differing = self.differing(&totals);
        if !differing.is_empty() {
            let totals = named(&differing);
            notices.push(format!("粘贴的合计与算出的不同，没有采用：{totals}"));
        }
        if unreadable > 0 {
            notices.push(format!("有{unreadable}格不是数字，照原样填入"));
        }
        if notices.is_empty() && pasted > 0 {
            notices.push(format!("已粘贴{pasted}格"));
        }
        if !notices.is_empty() {
            self.notice(notices.join("；"));
        }
    }

    /// The pasted totals that are not what their parts add up to once everything is pasted.
    fn differing(&self, totals: &[&(FieldId, String)]) -> Vec<String> {
        let mut after = self.report.clone();
        for (id, entry) in &self.state.stated {
            after.apply(Edit::Enter(*id, entry.clone()));
        }
        let name = |id: FieldId| &after.edition().field(id).label;
        totals
            .iter()
            .filter_map(|(id, text)| {
                let stated = Number::read(text)?;
                let derived = after.value(*id)?;
                (stated != derived).then(|| format!("{}（{stated}，算得{derived}）", name(*id)))
            })
            .collect()
    }
}

/// How many things a notice names before it breaks off.
const NAMED: usize = 5;

fn named(texts: &[String]) -> String {
    let shown: Vec<_> = texts.iter().take(NAMED).map(|text| text.trim()).collect();
    let more = if texts.len() > NAMED { "等" } else { "" };
    format!("{}{more}", shown.join("、"))
}

/// The only text of a block that has no other.
fn single_text(block: &TextBlock) -> Option<String> {
    match block.as_slice() {
        [row] => match row.as_slice() {
            [text] => Some(text.clone()),
            _ => None,
        },
        _ => None,
    }
}
