//! What the desktop says of its colours, where the window system does not tell. It knows no widget.

use std::process::{Command, Stdio};

use crate::system;

/// Whether the desktop is dark; `None` where it does not say, or where the window system tells by itself.
#[must_use]
pub fn is_dark() -> Option<bool> {
    if !system::IS_LINUX {
        return None;
    }
    let theme = std::env::var("GTK_THEME")
        .ok()
        .filter(|name| !name.is_empty());
    theme
        .map(|name| names_dark(&name))
        .or_else(portal)
        .or_else(gtk_settings)
}

/// Asks the desktop portal: 1 is dark, 2 is light, 0 is no preference.
fn portal() -> Option<bool> {
    let answer = Command::new("dbus-send")
        .args(["--session", "--print-reply=literal", "--reply-timeout=1000"])
        .args([
            "--dest=org.freedesktop.portal.Desktop",
            "/org/freedesktop/portal/desktop",
        ])
        .arg("org.freedesktop.portal.Settings.Read")
        .args(["string:org.freedesktop.appearance", "string:color-scheme"])
        .stderr(Stdio::null())
        .output()
        .ok()?;
    scheme(&String::from_utf8_lossy(&answer.stdout))
}

fn scheme(answer: &str) -> Option<bool> {
    match answer.split_whitespace().last()? {
        "1" => Some(true),
        "2" => Some(false),
        _ => None,
    }
}

fn gtk_settings() -> Option<bool> {
    let folder = dirs::config_dir()?;
    let text = std::fs::read_to_string(folder.join("gtk-3.0/settings.ini")).ok()?;
    preference(&text)
}

fn preference(text: &str) -> Option<bool> {
    let value = |key: &str| {
        let lines = text.lines().filter_map(|line| line.split_once('='));
        let mut values = lines.filter(|(name, _)| name.trim() == key);
        values.next().map(|(_, value)| value.trim())
    };
    match value("gtk-application-prefer-dark-theme") {
        Some("1" | "true") => Some(true),
        Some(_) => Some(value("gtk-theme-name").is_some_and(names_dark)),
        None => value("gtk-theme-name").map(names_dark),
    }
}

fn names_dark(theme: &str) -> bool {
    theme.to_lowercase().contains("dark")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_portal_says_dark_light_or_nothing() {
        assert_eq!(
            scheme("   variant       variant          uint32 1\n"),
            Some(true)
        );
        assert_eq!(
            scheme("   variant       variant          uint32 2\n"),
            Some(false)
        );
        assert_eq!(scheme("   variant       variant          uint32 0\n"), None);
        assert_eq!(scheme(""), None);
    }

    #[test]
    fn older_desktops_name_their_theme() {
        let dark = "[Settings]\ngtk-theme-name = Adwaita-dark\n";
        assert_eq!(preference(dark), Some(true));
        assert_eq!(
            preference("gtk-application-prefer-dark-theme=1"),
            Some(true)
        );
        assert_eq!(preference("gtk-theme-name=ukui-light"), Some(false));
        assert_eq!(preference("[Settings]\n"), None);
    }
}
