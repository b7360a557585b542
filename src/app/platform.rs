//! Where systems differ: what can draw, which package brings a library, how to speak without a window.
//! It knows no draft and no view.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

use eframe::Renderer;

/// The ways to draw a window, the one to try first.
///
/// On Windows some desktops have no OpenGL to speak of and others no Direct3D; on Linux OpenGL always has a software driver.
#[cfg(windows)]
pub const RENDERERS: &[Renderer] = &[Renderer::Glow, Renderer::Wgpu];
/// The ways to draw a window, the one to try first.
#[cfg(not(windows))]
pub const RENDERERS: &[Renderer] = &[Renderer::Glow];

/// Set for a start after one that could not draw.
const AGAIN: &str = "NIANBAO_RENDERER";

/// How to draw in this process: as the failed start before says, as last time, or the first way.
#[must_use]
pub fn renderer(remembered: Option<&str>) -> Renderer {
    let again = std::env::var(AGAIN).ok();
    let named = |name: &str| {
        let mut all = RENDERERS.iter().copied();
        all.find(|renderer| renderer.to_string() == name)
    };
    let first = RENDERERS.first().copied().unwrap_or_default();
    again
        .as_deref()
        .and_then(named)
        .or_else(|| remembered.and_then(named))
        .unwrap_or(first)
}

/// Starts the program once more with another way to draw, if there is one that was not tried.
///
/// The window system allows one attempt a process.
#[must_use]
pub fn start_again(failed: Renderer) -> Option<ExitStatus> {
    if std::env::var_os(AGAIN).is_some() {
        return None;
    }
    let other = RENDERERS.iter().find(|&&renderer| renderer != failed)?;
    Command::new(std::env::current_exe().ok()?)
        .args(std::env::args_os().skip(1))
        .env(AGAIN, other.to_string())
        .status()
        .ok()
}

/// Says something where no window can be opened and nobody may be looking at a terminal.
pub fn tell(text: &str) {
    use std::io::IsTerminal as _;
    if cfg!(windows) {
        rfd::MessageDialog::new()
            .set_level(rfd::MessageLevel::Error)
            .set_title("年报")
            .set_description(text)
            .show();
        return;
    }
    if std::io::stderr().is_terminal() {
        return;
    }
    let programs: [(&str, &[&str]); 3] = [
        ("zenity", &["--error", "--title=年报", "--text"]),
        ("kdialog", &["--title", "年报", "--error"]),
        ("xmessage", &["-center"]),
    ];
    for (program, arguments) in programs {
        let shown = Command::new(program)
            .args(arguments)
            .arg(text)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        if shown.is_ok() {
            return;
        }
    }
}

/// What the window needs on Linux: a library loaded at run time, and the package that brings it.
const LIBRARIES: &[(&str, &str)] = &[
    ("libX11.so.6", "libx11-6"),
    ("libX11-xcb.so.1", "libx11-xcb1"),
    ("libXcursor.so.1", "libxcursor1"),
    ("libXi.so.6", "libxi6"),
    ("libXrender.so.1", "libxrender1"),
    ("libxkbcommon.so.0", "libxkbcommon0"),
    ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
];

/// The packages to install: those whose library is not there, or all when none is found missing.
#[must_use]
pub fn missing_packages() -> String {
    let listed = Command::new("/sbin/ldconfig").arg("-p").output();
    let listed = listed.map_or_else(
        |_| String::new(),
        |output| String::from_utf8_lossy(&output.stdout).into_owned(),
    );
    packages(&listed, &|path| {
        path.metadata().is_ok_and(|file| file.len() > 0)
    })
}

fn packages(listed: &str, exists: &dyn Fn(&Path) -> bool) -> String {
    let is_there = |library: &str| {
        let lines = listed.lines().filter_map(|line| line.split_once(" => "));
        let mut own = lines.filter(|(name, _)| name.split_whitespace().next() == Some(library));
        own.any(|(_, path)| exists(&PathBuf::from(path.trim())))
    };
    let absent = LIBRARIES.iter().filter(|(library, _)| !is_there(library));
    let mut names: Vec<&str> = absent.map(|&(_, package)| package).collect();
    if names.is_empty() {
        names = LIBRARIES.iter().map(|&(_, package)| package).collect();
    }
    names.join("、")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_package_of_a_missing_library_is_named() {
        let line = |library: &str| format!("\t{library} (libc6,x86-64) => /lib/{library}\n");
        let all: String = LIBRARIES.iter().map(|(library, _)| line(library)).collect();
        let without = |gone: &'static str| move |path: &Path| !path.ends_with(gone);
        assert_eq!(packages(&all, &without("libXi.so.6")), "libxi6");
        let two = all.replace(&line("libXcursor.so.1"), "");
        assert_eq!(
            packages(&two, &without("libXi.so.6")),
            "libxcursor1、libxi6"
        );
    }

    #[test]
    fn all_packages_are_named_when_none_is_known_to_be_missing() {
        let all = packages("", &|_| true);
        assert!(all.contains("libx11-6") && all.contains("libxkbcommon-x11-0"));
    }

    #[test]
    fn a_way_to_draw_that_is_not_known_is_not_tried() {
        assert_eq!(renderer(Some("vulkan")), Renderer::Glow);
        assert_eq!(renderer(Some("glow")), Renderer::Glow);
    }
}
