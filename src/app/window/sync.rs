//! What happens after a frame: the window is brought up to the state. It draws nothing.

use std::time::Duration;

use egui::{Context, Ui, ViewportCommand};

use crate::app::state::settings::{ThemeChoice, WindowSize};
use crate::app::{App, widgets};

/// How long the window waits for work that was asked for before it closes.
const LAST_WORK: Duration = Duration::from_mins(1);

impl App {
    /// Keeps the size of the window for the next start.
    pub(in crate::app) fn remember_window(&mut self, ui: &Ui) {
        let size = ui.input(|input| {
            let viewport = input.viewport();
            let points = viewport.inner_rect?.size() * f32::from(self.zoom.max(1)) / 100.0;
            Some(WindowSize {
                width: points.x.round() as u16,
                height: points.y.round() as u16,
                maximized: viewport.maximized.unwrap_or(false),
            })
        });
        if size.is_some() && size != self.state.settings.window {
            self.state.settings.window = size;
            self.state.keep_settings();
        }
    }

    /// Brings the window up to the state.
    pub(in crate::app) fn settle(&mut self, ui: &Ui) {
        let typing = self.typing();
        if let Some(wait) = self.state.keep(typing) {
            ui.ctx().request_repaint_after(wait);
        }
        self.show_looks(ui);
        if self.state.leaving && self.may_close(ui.ctx()) {
            self.remember_window(ui);
            ui.ctx().send_viewport_cmd(ViewportCommand::Close);
        }
    }

    /// Whether nothing is left to wait for: work that somebody asked for is finished first, unless its
    /// disk does not answer.
    fn may_close(&mut self, ctx: &Context) -> bool {
        let now = ctx.input(|input| input.time);
        let until = *self.leaves_at.get_or_insert(now + LAST_WORK.as_secs_f64());
        ctx.request_repaint_after(LAST_WORK);
        now >= until || self.state.progress_sign().is_none()
    }

    /// Looks at the folder of the page of many reports from time to time.
    pub(in crate::app) fn watch(&mut self, ui: &Ui) {
        let now = ui.input(|input| input.time);
        if let Some((effect, wait)) = self.state.watch_gather(now) {
            self.perform(ui.ctx(), effect);
            ui.ctx()
                .request_repaint_after(std::time::Duration::from_secs_f64(wait));
        }
    }

    /// Gives the window its title, its zoom and its theme.
    fn show_looks(&mut self, ui: &Ui) {
        let title = self.state.title();
        if title != self.title {
            ui.ctx()
                .send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
        let settings = &self.state.settings;
        if settings.zoom != self.zoom {
            self.zoom = settings.zoom;
            ui.ctx().set_zoom_factor(f32::from(settings.zoom) / 100.0);
        }
        let theme = match settings.theme {
            ThemeChoice::System => egui::ThemePreference::System,
            ThemeChoice::Light => egui::ThemePreference::Light,
            ThemeChoice::Dark => egui::ThemePreference::Dark,
        };
        if settings.contrast != self.contrast {
            self.contrast = settings.contrast;
            widgets::theme::set_contrast(ui.ctx(), self.contrast);
        }
        let desktop = match self.state.desktop_dark {
            Some(true) => egui::Theme::Dark,
            _ => egui::Theme::Light,
        };
        ui.ctx()
            .options_mut(|options| options.fallback_theme = desktop);
        if ui.ctx().options(|options| options.theme_preference) != theme {
            ui.ctx().set_theme(theme);
        }
    }
}
