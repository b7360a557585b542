//! Does with the system what actions leave to it. It draws nothing.

use egui::Context;

use crate::app::App;
use crate::app::actions::Action;
use crate::app::effects::{Effect, Handling};
use crate::app::widgets::menu::Choice;

impl App {
    /// Does what an action left to the system; what went wrong is said.
    pub(in crate::app) fn perform(&mut self, ctx: &Context, effect: Effect) {
        match effect {
            Effect::Nothing => {}
            Effect::AskFile(question) => {
                self.shell.ask(question);
                ctx.request_repaint();
            }
            Effect::AskFolder(question) => {
                self.shell.ask_folder(question);
                ctx.request_repaint();
            }
            Effect::ReadClipboard => {
                let clip = self.shell.clipboard();
                self.run(ctx, vec![Action::Pasted(clip)]);
                ctx.request_repaint();
            }
            Effect::Handle(handling) => self.text_menu.ask(
                ctx,
                match handling {
                    Handling::Cut => Choice::Cut,
                    Handling::Copy => Choice::Copy,
                    Handling::Paste => Choice::Paste,
                },
            ),
            Effect::Copy { html, text } => {
                self.state.notice = match self.shell.copy_html(&html, &text) {
                    Ok(()) => "已复制，可以粘贴到网站的编辑器里".to_owned(),
                    Err(reason) => format!("没有复制：{reason}"),
                };
            }
            Effect::Start(job) => {
                let shell = self.shell.as_mut();
                self.jobs.start(job, &mut self.state, shell, ctx);
            }
            Effect::Show(path) => {
                if let Err(reason) = self.shell.show_file(&path) {
                    self.state.notice = format!("没有打开：{reason}");
                }
            }
            Effect::OpenWindow(file) => {
                if let Err(error) = self.shell.open_window(file.as_deref()) {
                    self.state.notice = format!("没有打开新窗口：系统报告：{error}");
                }
            }
        }
    }
}
