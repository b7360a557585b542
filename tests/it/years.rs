//! `years` by its arguments: reports of any edition and any format on one page.

use nianbao::report::Draft;
use nianbao::store;

use crate::cli::{code, nianbao, out};
use crate::sample::{enter, zero_report};

fn said(output: &std::process::Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn drafts_and_published_files_of_any_edition_stand_side_by_side() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    for (form, year, received) in [
        ("2019", 2020, "71"),
        ("2021", 2024, "83"),
        ("2021", 2025, "97"),
    ] {
        let mut report = zero_report(form, year);
        enter(
            &mut report,
            "requests.new_received@natural_person",
            received,
        );
        store::save(&Draft::new(report), &at.join(format!("{year}.nianbao"))).unwrap();
    }
    let published = ["export", "2024.nianbao", "--force", "-o", "2024.html"];
    assert_eq!(code(&nianbao(at, &published)), 0);
    let years = ["years", "2025.nianbao", "2020.nianbao", "2024.html", "-o"];
    for name in ["a.svg", "a.png", "a.pdf"] {
        let output = nianbao(at, &[&years[..], &[name]].concat());
        assert_eq!(code(&output), 0, "{}", said(&output));
        assert_eq!(out(&output), "");
    }
    let svg = std::fs::read_to_string(at.join("a.svg")).unwrap();
    for word in [">71<", ">83<", ">97<", "无此项", "不是0", "2020至2025年"] {
        assert!(svg.contains(word), "{word}");
    }
    assert!(
        std::fs::read(at.join("a.png"))
            .unwrap()
            .starts_with(b"\x89PNG")
    );
    assert!(
        std::fs::read(at.join("a.pdf"))
            .unwrap()
            .starts_with(b"%PDF")
    );
    for (arguments, reason) in [
        (&["2025.nianbao", "-o", "b.svg"][..], "对比要2到6份报告"),
        (
            &["2025.nianbao", "2025.nianbao", "-o", "b.svg"],
            "两份都是2025年",
        ),
        (
            &["2025.nianbao", "2024.html", "-o", "b.docx"],
            ".pdf、.png或.svg",
        ),
        (&["2025.nianbao", "2024.html", "-o", "a.svg"], "--overwrite"),
        (&["2025.nianbao", "2024.html", "-o", "2024.html"], ""),
        (&["2025.nianbao", "none.html", "-o", "b.svg"], "none.html"),
    ] {
        let output = nianbao(at, &[&["years"], arguments].concat());
        let error = said(&output);
        assert_eq!(code(&output), 2, "{arguments:?}: {error}");
        assert!(
            error.contains(reason) && error.lines().count() == 1,
            "{error}"
        );
        assert!(!at.join("b.svg").exists());
    }
}
