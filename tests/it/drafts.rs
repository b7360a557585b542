//! Drafts: changes, undo, and files of every version.

use std::path::Path;

use nianbao::check::check_draft;
use nianbao::report::{Confirmation, Edit, Entry};
use nianbao::store;

use crate::sample::{zero_draft, zero_report};

#[test]
fn every_edit_taken_back_restores_the_report() {
    let before = zero_report("2021", 2025);
    let mut report = before.clone();
    let ids: Vec<_> = report.edition().ids().collect();
    let mut inverses = Vec::new();
    for (n, id) in ids.iter().enumerate() {
        let entry = if n % 3 == 0 {
            Entry::Blank
        } else {
            Entry::Number(i64::try_from(n).unwrap().into())
        };
        inverses.push(report.apply(Edit::All(vec![
            Edit::Enter(*id, entry),
            Edit::Enter(*id, Entry::Text("x".into())),
        ])));
    }
    assert!(!report.states_the_same(&before));
    for inverse in inverses.into_iter().rev() {
        report.apply(inverse);
    }
    assert!(report.states_the_same(&before));
}

#[test]
fn who_confirmed_what_is_kept_with_the_draft() {
    let mut draft = zero_draft("2021", 2025);
    draft.confirm(Some(Confirmation {
        year: 2025,
        by: "张\"三".to_owned(),
        on: "2026-01-12".to_owned(),
        channels: vec!["当面".to_owned(), "信函".to_owned()],
    }));
    let again = store::from_bytes(&store::to_bytes(&draft), Path::new("甲.nianbao")).unwrap();
    assert_eq!(again.confirmation(), draft.confirmation());
}

#[test]
fn what_was_proposed_and_not_taken_is_kept_with_the_draft() {
    let mut draft = zero_draft("2021", 2025);
    let plain = store::to_bytes(&draft);
    let edition = draft.report().edition().clone();
    let ids: Vec<_> = edition.cells().take(2).collect();
    let clean = draft.revision();
    draft.leave([(ids[0], 3.into()), (ids[0], 5.into()), (ids[1], 0.into())]);
    assert_ne!(draft.revision(), clean);
    let bytes = store::to_bytes(&draft);
    let again = store::from_bytes(&bytes, Path::new("甲.nianbao")).unwrap();
    assert_eq!(again.left(), draft.left());
    assert_eq!(again.left().len(), 3);
    let before = store::from_bytes(&plain, Path::new("甲.nianbao")).unwrap();
    assert!(before.left().is_empty());
}

#[test]
fn typing_is_one_step_until_it_is_sealed() {
    let mut draft = zero_draft("2021", 2025);
    let clean = draft.revision();
    let id = draft.report().edition().find("problems").unwrap();
    for text in ["新", "新文", "新文本"] {
        draft.type_into("修改正文", id, Entry::Text(text.to_owned()));
    }
    draft.seal();
    draft.type_into("修改正文", id, Entry::Text("新文本二".to_owned()));
    assert_eq!(draft.undo(), Some(id));
    assert_eq!(draft.report().text(id), "新文本");
    assert_eq!(draft.undo(), Some(id));
    assert_eq!(draft.revision(), clean);
    assert_eq!(draft.undo(), None);
    draft.redo();
    assert_eq!(draft.report().text(id), "新文本");
    assert_eq!(
        draft.redo_step().map(|step| step.name.as_str()),
        Some("修改正文")
    );
}

#[test]
fn drafts_of_every_version_open_for_ever() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/drafts");
    let mut opened = 0;
    for version in std::fs::read_dir(folder).unwrap() {
        for file in std::fs::read_dir(version.unwrap().path()).unwrap() {
            let draft = store::load(&file.unwrap().path()).unwrap();
            assert_eq!(
                draft
                    .report()
                    .value(
                        draft
                            .report()
                            .edition()
                            .find("proactive.fees@amount")
                            .unwrap()
                    )
                    .unwrap()
                    .to_string(),
                "3.2586"
            );
            assert!(draft.notes().is_empty(), "{:?}", draft.notes());
            opened += 1;
        }
    }
    assert!(opened > 0);
}

#[test]
fn an_explanation_holds_until_what_it_explains_changes() {
    let mut draft = zero_draft("2021", 2025);
    let edition = draft.report().edition().clone();
    let carried = edition
        .find("requests.carried_over@natural_person")
        .unwrap();
    let forward = edition
        .find("requests.carried_forward@natural_person")
        .unwrap();
    let two = |id| Edit::Enter(id, Entry::Number(2.into()));
    draft.edit("填报", Edit::All(vec![two(carried), two(forward)]));
    let findings = check_draft(&draft);
    let finding = findings
        .list
        .iter()
        .find(|finding| finding.rule.name == "prior-carry")
        .unwrap();
    assert!(finding.blocks());
    let basis = finding.basis(&nianbao::check::Subject::of(&draft));
    draft.explain("prior-carry", &basis, "上年漏报2件");
    let explained = check_draft(&draft);
    let same: Vec<_> = explained
        .list
        .iter()
        .filter(|finding| finding.rule.name == "prior-carry" && finding.explanation.is_some())
        .collect();
    assert_eq!(same.len(), 1);
    draft.edit("填报", Edit::Enter(carried, Entry::Number(3.into())));
    let findings = check_draft(&draft);
    assert!(
        findings
            .list
            .iter()
            .all(|finding| finding.explanation.is_none())
    );
    assert_eq!(nianbao::check::lapsed(&draft, &findings).len(), 1);
}
