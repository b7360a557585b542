//! The environment without which Chinese input fails silently on X11. It knows no window.

use std::path::Path;

use crate::system;

/// Set once the environment was corrected, so that it is corrected at most once.
const MARKER: &str = "NIANBAO_IME_SET";

/// The variables to start the program anew with; `None` when nothing has to change.
///
/// The X11 input method needs a UTF-8 locale that exists on this machine, and `XMODIFIERS`.
#[must_use]
pub fn corrected_env() -> Option<Vec<(String, String)>> {
    if !system::IS_LINUX {
        return None;
    }
    corrections(
        &|name| std::env::var(name).ok().filter(|value| !value.is_empty()),
        &locale_exists,
        &running_input_method,
    )
}

fn corrections(
    get: &dyn Fn(&str) -> Option<String>,
    exists: &dyn Fn(&str) -> bool,
    running: &dyn Fn() -> Option<&'static str>,
) -> Option<Vec<(String, String)>> {
    if get(MARKER).is_some() {
        return None;
    }
    let mut changes = Vec::new();
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(get);
    let works = locale.is_some_and(|locale| is_utf8(&locale) && exists(&locale));
    let usable = ["zh_CN.UTF-8", "C.UTF-8", "en_US.UTF-8"]
        .into_iter()
        .find(|name| exists(name));
    if let (false, Some(usable)) = (works, usable) {
        if get("LC_ALL").is_some() {
            changes.push(("LC_ALL".to_owned(), usable.to_owned()));
        }
        changes.push(("LC_CTYPE".to_owned(), usable.to_owned()));
    }
    if get("XMODIFIERS").is_none() {
        let named = ["QT_IM_MODULE", "GTK_IM_MODULE", "INPUT_METHOD"]
            .into_iter()
            .filter_map(get)
            .find_map(|value| known(&value));
        if let Some(method) = named.or_else(running) {
            changes.push(("XMODIFIERS".to_owned(), format!("@im={method}")));
        }
    }
    if changes.is_empty() {
        return None;
    }
    changes.push((MARKER.to_owned(), "1".to_owned()));
    Some(changes)
}

fn known(name: &str) -> Option<&'static str> {
    ["fcitx", "ibus"]
        .into_iter()
        .find(|known| name.to_lowercase().starts_with(known))
}

fn is_utf8(locale: &str) -> bool {
    let code = locale.rsplit('.').next().unwrap_or_default();
    ["utf-8", "utf8"].contains(&code.to_lowercase().as_str())
}

/// Looks for the locale where the C library keeps them; in an archive it cannot be told apart.
fn locale_exists(locale: &str) -> bool {
    let Some((name, _)) = locale.split_once('.') else {
        return false;
    };
    let folder = Path::new("/usr/lib/locale");
    let in_folder = ["utf8", "UTF-8"]
        .into_iter()
        .any(|code| folder.join(format!("{name}.{code}")).is_dir());
    in_folder || in_archive(&folder.join("locale-archive"), name)
}

fn in_archive(archive: &Path, name: &str) -> bool {
    let Ok(bytes) = std::fs::read(archive) else {
        return false;
    };
    let wanted = format!("{name}.utf8");
    bytes
        .windows(wanted.len())
        .any(|window| window == wanted.as_bytes())
}

/// The input method that serves now. Its helpers do not count, nor what has ended and was not yet
/// taken note of: that has no command line any more.
fn running_input_method() -> Option<&'static str> {
    let read = |process: &Path, file: &str| std::fs::read_to_string(process.join(file)).ok();
    std::fs::read_dir("/proc")
        .ok()?
        .flatten()
        .filter(|process| read(&process.path(), "cmdline").is_some_and(|line| !line.is_empty()))
        .filter_map(|process| read(&process.path(), "comm"))
        .find_map(|name| match name.trim() {
            "fcitx" | "fcitx5" => Some("fcitx"),
            "ibus-daemon" => Some("ibus"),
            _ => None,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(env: &[(&str, &str)], locales: &[&str], expected: &[(&str, &str)]) {
        let get = |name: &str| {
            let found = env.iter().find(|(key, _)| *key == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        let exists = |name: &str| locales.contains(&name);
        let changes = corrections(&get, &exists, &|| None).unwrap_or_default();
        let changes: Vec<_> = changes
            .iter()
            .filter(|(key, _)| key != MARKER)
            .map(|(key, value)| (key.as_str(), value.as_str()))
            .collect();
        assert_eq!(changes, expected, "{env:?}");
    }

    #[test]
    fn a_good_environment_is_left_alone() {
        let env = [("LANG", "zh_CN.UTF-8"), ("XMODIFIERS", "@im=fcitx")];
        check(&env, &["zh_CN.UTF-8"], &[]);
        check(&[("NIANBAO_IME_SET", "1")], &["C.UTF-8"], &[]);
    }

    #[test]
    fn a_locale_that_is_missing_is_replaced() {
        let env = [("LANG", "zh_CN.UTF-8"), ("XMODIFIERS", "@im=ibus")];
        check(&env, &["C.UTF-8"], &[("LC_CTYPE", "C.UTF-8")]);
        check(&[], &[], &[]);
        let env = [("LC_ALL", "C"), ("XMODIFIERS", "@im=ibus")];
        let both = [("LC_ALL", "C.UTF-8"), ("LC_CTYPE", "C.UTF-8")];
        check(&env, &["C.UTF-8"], &both);
    }

    #[test]
    fn the_input_method_is_taken_from_other_toolkits() {
        let env = [("LANG", "C.UTF-8"), ("GTK_IM_MODULE", "fcitx5")];
        check(&env, &["C.UTF-8"], &[("XMODIFIERS", "@im=fcitx")]);
    }
}
