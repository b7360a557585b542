//! What last year's report leads one to expect in blank cells. The figures stand faint in their cells; the row
//! of the heading, whose height never changes, has the buttons for those who do not know the keys.

use egui::{Label, Response, RichText, Role, Ui, WidgetInfo};

use crate::app::actions::{Action, Actions};
use crate::app::state::OpenDraft;
use crate::app::table::TAKING;
use crate::app::widgets::theme::{palette, sizes};
use crate::form::FieldId;
use crate::report::Edit;
use crate::report::carry::Proposal;

/// The proposals for the table that is shown, from the right: all of them, and the one of the selected cell.
pub fn proposals_ui(
    ui: &mut Ui,
    open: &OpenDraft,
    proposals: &[Proposal],
    selected: Option<FieldId>,
    actions: &mut Actions,
) {
    if proposals.is_empty() {
        return;
    }
    let leave = small(ui, "都不用").on_hover_text("格里的浅色数都不用");
    if leave.clicked() {
        actions.push(Action::Leave(proposals.to_vec()));
    }
    if small(ui, "全部采用")
        .on_hover_text("格里的浅色数都填进去")
        .clicked()
    {
        let edits = proposals.iter().map(Proposal::edit).collect();
        actions.push(Action::Edit(TAKING.to_owned(), Edit::All(edits)));
    }
    let own = proposals.iter().find(|one| Some(one.field) == selected);
    if let Some(own) = own {
        own_ui(ui, open, own, actions);
        return;
    }
    let title = format!("由上年度报告推得{}个数", proposals.len());
    let title = RichText::new(title).small().color(palette(ui).advice.0);
    ui.add(Label::new(title).truncate())
        .on_hover_text("浅色的数在各自的格里：选中以后按空格键采用，按Delete不用");
}

/// The proposal of the selected cell.
fn own_ui(ui: &mut Ui, open: &OpenDraft, own: &Proposal, actions: &mut Actions) {
    let label = &open.draft.report().edition().field(own.field).label;
    let value = own.value;
    let left = small(ui, "不用");
    name(&left, &format!("不用{label}{value}"));
    if left.on_hover_text("不用这个数（Delete）").clicked() {
        actions.push(Action::Leave(vec![own.clone()]));
    }
    let taken = small(ui, &format!("采用{value}"));
    name(&taken, &format!("采用{label}{value}"));
    if taken
        .on_hover_text(format!("{}（空格键）", own.says))
        .clicked()
    {
        actions.push(Action::Edit(TAKING.to_owned(), own.edit()));
    }
}

fn small(ui: &mut Ui, text: &str) -> Response {
    ui.spacing_mut().button_padding.x = sizes().unit;
    ui.button(RichText::new(text).small())
}

fn name(button: &Response, name: &str) {
    button.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
}
