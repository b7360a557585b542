//! Who works where: this computer and its user.

use std::sync::LazyLock;

/// What this computer is called; empty when it has no name.
#[must_use]
pub fn host() -> &'static str {
    static HOST: LazyLock<String> = LazyLock::new(|| {
        let told = std::fs::read_to_string("/proc/sys/kernel/hostname").ok();
        let told = told.or_else(|| std::env::var("COMPUTERNAME").ok());
        let told = told.or_else(|| std::env::var("HOSTNAME").ok());
        told.map(|name| name.trim().to_owned()).unwrap_or_default()
    });
    &HOST
}

/// The name under which somebody uses this computer; empty when it is not known.
#[must_use]
pub fn user() -> String {
    let names = ["USER", "USERNAME", "LOGNAME"].into_iter();
    let mut told = names.filter_map(|name| std::env::var(name).ok());
    told.find(|name| !name.trim().is_empty())
        .map(|name| name.trim().to_owned())
        .unwrap_or_default()
}
