//! Where systems differ: what can draw, which package brings a library, how to speak without a window.
//! It knows no draft and no view.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::system;
use crate::system::RENDERERS;

/// Set for a start after one that could not draw.
const AGAIN: &str = "NIANBAO_RENDERER";

/// What those before it tried.
const TRIED: &str = "NIANBAO_RENDERERS_TRIED";

/// A way to draw the window (画窗口的方式).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Renderer {
    /// The program paints what changed; needs no graphics card and no driver.
    Cpu,
    /// eframe with OpenGL.
    Glow,
    /// eframe with Direct3D or Vulkan.
    Wgpu,
}

impl Renderer {
    /// All that this system has, the one that is tried first at the front.
    pub fn all() -> impl Iterator<Item = Self> {
        RENDERERS.iter().filter_map(|name| Self::named(name))
    }

    /// The one with this name, where this system has it.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let known = [Self::Cpu, Self::Glow, Self::Wgpu];
        let mut found = known.into_iter().filter(|way| way.name() == name);
        found.next().filter(|way| RENDERERS.contains(&way.name()))
    }

    /// Its name in the settings and on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Cpu => "cpu",
            Self::Glow => "glow",
            Self::Wgpu => "wgpu",
        }
    }

    /// What a filer reads.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Cpu => "处理器（不用显卡）",
            Self::Glow => "显卡（OpenGL）",
            Self::Wgpu => "显卡（Direct3D）",
        }
    }
}

/// How to draw in this process: as the failed start before says, as asked for, as last time, or the first way.
#[must_use]
pub fn renderer(asked: Option<&str>, remembered: Option<&str>) -> Renderer {
    let again = std::env::var(AGAIN).ok();
    let wishes = [again.as_deref(), asked, remembered];
    let mut known = wishes.into_iter().flatten().filter_map(Renderer::named);
    known
        .next()
        .or_else(|| Renderer::all().next())
        .unwrap_or(Renderer::Cpu)
}

/// Starts the program once more with another way to draw, and ends as that one ends; returns when
/// there is no way that was not tried.
///
/// The window system allows one attempt a process.
pub fn start_again(failed: Renderer) {
    let tried = std::env::var(TRIED).unwrap_or_default();
    let tried = format!("{tried} {}", failed.name());
    let other = Renderer::all().find(|way| !tried.split(' ').any(|name| name == way.name()));
    let Some((other, program)) = other.zip(std::env::current_exe().ok()) else {
        return;
    };
    let ended = Command::new(program)
        .args(std::env::args_os().skip(1))
        .env(AGAIN, other.name())
        .env(TRIED, tried)
        .status();
    if let Ok(status) = ended {
        // Whatever went wrong there was told there.
        std::process::exit(status.code().unwrap_or(2));
    }
}

/// Says something where no window can be opened and nobody may be looking at a terminal.
pub fn tell(text: &str) {
    use std::io::IsTerminal as _;
    if system::IS_WINDOWS {
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

/// What the window needs on Linux: a library loaded at run time, and the packages that bring it
/// as deb and as rpm.
const LIBRARIES: &[(&str, &str, &str)] = &[
    ("libX11.so.6", "libx11-6", "libX11"),
    ("libX11-xcb.so.1", "libx11-xcb1", "libX11-xcb"),
    ("libXcursor.so.1", "libxcursor1", "libXcursor"),
    ("libXi.so.6", "libxi6", "libXi"),
    ("libXrender.so.1", "libxrender1", "libXrender"),
    ("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon"),
    (
        "libxkbcommon-x11.so.0",
        "libxkbcommon-x11-0",
        "libxkbcommon-x11",
    ),
];

/// Whether this system takes rpm packages and no deb packages.
fn takes_rpm() -> bool {
    !Path::new("/usr/bin/dpkg").exists() && Path::new("/usr/bin/rpm").exists()
}

/// The packages that bring OpenGL.
#[must_use]
pub fn graphics_packages() -> &'static str {
    if takes_rpm() {
        "libglvnd-glx和mesa-dri-drivers"
    } else {
        "libgl1和libgl1-mesa-dri"
    }
}

/// The packages to install: those whose library is not there, or all when none is found missing.
#[must_use]
pub fn missing_packages() -> String {
    let listed = Command::new("/sbin/ldconfig").arg("-p").output();
    let listed = listed.map_or_else(
        |_| String::new(),
        |output| String::from_utf8_lossy(&output.stdout).into_owned(),
    );
    packages(&listed, takes_rpm(), &|path| {
        path.metadata().is_ok_and(|file| file.len() > 0)
    })
}

fn packages(listed: &str, takes_rpm: bool, exists: &dyn Fn(&Path) -> bool) -> String {
    let is_there = |library: &str| {
        let lines = listed.lines().filter_map(|line| line.split_once(" => "));
        let mut own = lines.filter(|(name, _)| name.split_whitespace().next() == Some(library));
        own.any(|(_, path)| exists(&PathBuf::from(path.trim())))
    };
    let package = |&(_, deb, rpm): &(_, &'static str, &'static str)| {
        if takes_rpm { rpm } else { deb }
    };
    let absent = LIBRARIES.iter().filter(|(library, ..)| !is_there(library));
    let mut names: Vec<&str> = absent.map(package).collect();
    if names.is_empty() {
        names = LIBRARIES.iter().map(package).collect();
    }
    names.join("、")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_package_of_a_missing_library_is_named() {
        let line = |library: &str| format!("\t{library} (libc6,x86-64) => /lib/{library}\n");
        let all: String = LIBRARIES
            .iter()
            .map(|(library, ..)| line(library))
            .collect();
        let without = |gone: &'static str| move |path: &Path| !path.ends_with(gone);
        assert_eq!(packages(&all, false, &without("libXi.so.6")), "libxi6");
        assert_eq!(packages(&all, true, &without("libXi.so.6")), "libXi");
        let two = all.replace(&line("libXcursor.so.1"), "");
        assert_eq!(
            packages(&two, false, &without("libXi.so.6")),
            "libxcursor1、libxi6"
        );
    }

    #[test]
    fn all_packages_are_named_when_none_is_known_to_be_missing() {
        let all = packages("", false, &|_| true);
        assert!(all.contains("libx11-6") && all.contains("libxkbcommon-x11-0"));
    }

    #[test]
    fn a_way_to_draw_that_is_not_known_is_not_tried() {
        assert_eq!(renderer(None, Some("vulkan")), Renderer::Cpu);
        assert_eq!(renderer(None, Some("glow")), Renderer::Glow);
        assert_eq!(renderer(Some("cpu"), Some("glow")), Renderer::Cpu);
    }
}
