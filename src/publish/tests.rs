//! Files that are spoilt after they were written are found out.

use super::*;
use crate::doc::compose::publication;
use crate::form;
use crate::report::{Edit, Entry, Report};

fn draft(edition: &str, year: u16) -> Draft {
    let mut report = Report::new(form::by_id(edition).unwrap(), year);
    let edition = report.edition().clone();
    let inputs = edition.cells().filter(|&id| !edition.field(id).is_total());
    for (number, id) in (1_i64..).zip(inputs) {
        report.apply(Edit::Enter(id, Entry::Number((number * 37 % 1009).into())));
    }
    let mut state = |key: &str, text: &str| {
        let id = edition.find(key).unwrap();
        report.apply(Edit::Enter(id, Entry::Text(text.to_owned())));
    };
    state("issuer", "青山镇人民政府");
    state(
        "overview",
        "（一）主动公开情况\n全年 发布信息12条。\n（二）其他。还有<&\">内容。",
    );
    state("problems", "1.问题\n更新不够及时。");
    state("other_matters", "无其他事项。");
    Draft::new(report)
}

fn proof(draft: &Draft, format: &str, spoil: impl FnOnce(Vec<u8>) -> Vec<u8>) -> Proof {
    let writer = export::by_name(format).unwrap();
    let bytes = spoil(writer.bytes(draft).unwrap());
    proof::compare(draft, &publication(draft), writer, &bytes)
}

#[test]
fn every_format_that_can_be_read_back_is_the_draft() {
    for (edition, year) in [("2021", 2025), ("2019", 2020)] {
        for draft in [draft(edition, year), marked(&draft(edition, year))] {
            for format in ["docx", "pdf", "txt", "html", "fragment", "xlsx", "json"] {
                let found = proof(&draft, format, |bytes| bytes);
                let Proof::Same { figures, .. } = found else {
                    panic!("{edition} {format}: {found:?}");
                };
                assert_eq!(
                    figures,
                    draft.report().edition().cells().count(),
                    "{format}"
                );
            }
        }
    }
}

fn writing(text: &str) -> Draft {
    let mut draft = draft("2021", 2025);
    let id = draft.report().edition().find("overview").unwrap();
    draft.edit("改正文", Edit::Enter(id, Entry::Text(text.to_owned())));
    draft
}

#[test]
fn what_the_pages_cannot_show_is_compared_as_it_is_drawn() {
    // The private characters of old name lists, an ideograph of the newest blocks, nothing at all.
    let draft = writing("㑇\u{e863}\u{10ffff}\u{3134a}\u{323b5}三字（）");
    let found = proof(&draft, "pdf", |bytes| bytes);
    let Proof::Same { stood_in, .. } = found else {
        panic!("{found:?}");
    };
    assert!(stood_in.contains(&'\u{10ffff}') && stood_in.contains(&'\u{323b5}'));
    let pdf = export::by_name("pdf").unwrap();
    let said = obstacles(&draft, &[pdf]).join("\n");
    assert!(
        said.contains('\u{323b5}') && said.contains("造字"),
        "{said}"
    );
    assert!(obstacles(&draft, &[export::by_name("docx").unwrap()]).is_empty());
}

#[test]
fn text_that_leaves_its_cell_is_found_on_the_pages() {
    let draft = draft("2021", 2025);
    let doc = publication(&draft);
    let mut layout = export::laid_out(&draft);
    let runs = layout.pages.iter_mut().flat_map(|page| &mut page.runs);
    let is_cell = |run: &&mut crate::layout::Run| {
        matches!(run.origin, crate::layout::Origin::Cell(..)) && !run.repeated
    };
    runs.filter(is_cell).nth(40).unwrap().baseline += 14.0;
    let bytes = export::pdf::write(&doc, &layout, crate::layout::Library::system()).unwrap();
    let pdf = export::by_name("pdf").unwrap();
    let Proof::Different(list) = proof::compare(&draft, &doc, pdf, &bytes) else {
        panic!("not seen");
    };
    let said: Vec<String> = list.iter().map(ToString::to_string).collect();
    assert!(
        said.iter().any(|line| line.contains("压在表格线上")),
        "{said:?}"
    );
}

#[test]
fn scripts_that_join_or_turn_their_letters_are_named_not_drawn_wrongly() {
    let names = ["ئەزىز", "བཀྲ་ཤིས", "ᠮᠣᠩᠭᠣᠯ", "שלום", "สวัสดี"];
    for name in names {
        let draft = writing(&format!("受理{name}的申请1件。"));
        let pdf = export::by_name("pdf").unwrap();
        let said = obstacles(&draft, &[pdf]).join("\n");
        let letters: Vec<char> = name.chars().filter(|c| c.is_alphabetic()).collect();
        for letter in &letters {
            assert!(said.contains(*letter), "{name}: {said}");
        }
        let Proof::Same { stood_in, .. } = proof(&draft, "pdf", |bytes| bytes) else {
            panic!("{name}");
        };
        assert!(
            letters.iter().all(|letter| stood_in.contains(letter)),
            "{name}"
        );
    }
}

#[test]
fn a_changed_digit_and_a_lost_paragraph_are_found() {
    let draft = draft("2021", 2025);
    let change = |from: &'static str, to: &'static str| {
        move |bytes: Vec<u8>| {
            String::from_utf8(bytes)
                .unwrap()
                .replacen(from, to, 1)
                .into_bytes()
        }
    };
    for (format, from, to) in [
        ("txt", "\t37\t", "\t73\t"),
        ("html", ">37<", "><"),
        ("txt", "更新不够及时。\n", ""),
        ("html", "更新不够及时。", "更新及时。"),
        ("json", "\"37\"", "\"3\""),
    ] {
        let found = proof(&draft, format, change(from, to));
        assert!(
            matches!(found, Proof::Different(_)),
            "{format} {from}: {found:?}"
        );
    }
}

#[test]
fn the_pages_of_another_report_are_found_out() {
    let (ours, mut other) = (draft("2021", 2025), draft("2021", 2025));
    let cells: Vec<_> = other.report().edition().cells().collect();
    let id = cells[3];
    other.edit("x", Edit::Enter(id, Entry::Number(8.into())));
    let pdf = export::by_name("pdf").unwrap();
    let bytes = pdf.bytes(&other).unwrap();
    let found = proof::compare(&ours, &publication(&ours), pdf, &bytes);
    assert!(
        matches!(&found, Proof::Different(list) if list.len() == 1),
        "{found:?}"
    );
    for cut in [0, 10, bytes.len() / 2, bytes.len() - 30] {
        let found = proof::compare(&ours, &publication(&ours), pdf, &bytes[..cut]);
        assert!(!matches!(found, Proof::Same { .. }), "{cut}");
    }
}

#[test]
fn names_say_who_and_when_and_what_is_only_a_draft() {
    let draft = draft("2021", 2025);
    let docx = export::by_name("docx").unwrap();
    assert_eq!(
        file_name(&draft, docx),
        "青山镇人民政府2025年政府信息公开工作年度报告.docx"
    );
    assert_eq!(
        file_name(&marked(&draft), docx),
        "草稿-青山镇人民政府2025年政府信息公开工作年度报告.docx"
    );
    let mut long = draft.clone();
    let issuer = long.report().edition().issuer_field;
    long.edit("x", Edit::Enter(issuer, Entry::Text("𠮷".repeat(100))));
    for writer in WRITERS {
        assert!(name_ending(&long, writer, "（更正）").len() <= LONGEST);
    }
    long.edit("x", Edit::Enter(issuer, Entry::Text("甲.乙镇".to_owned())));
    assert_eq!(
        name_ending(&long, docx, "（更正）"),
        "甲.乙镇2025年政府信息公开工作年度报告（更正）.docx"
    );
}

#[test]
fn another_name_is_found_for_a_file_that_exists() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["报告.docx", "报告（2）.docx", "报告（3）.docx"] {
        let path = free_path(folder.path(), "报告.docx");
        assert_eq!(path, folder.path().join(name));
        std::fs::write(path, b"x").unwrap();
    }
    let path = free_path(folder.path(), "报告.片段.html");
    assert_eq!(path, folder.path().join("报告.片段.html"));
}

#[test]
fn the_pages_are_the_draft_in_every_setting_that_is_offered() {
    use crate::report::choices::{LINE_PITCHES, TABLE_SIZES};
    let mut lines = 0;
    for table_size in TABLE_SIZES {
        for line_pitch in LINE_PITCHES {
            // Tables begin at every height, so that they are parted in every way.
            lines += 1;
            let mut draft = writing(&"果".repeat(28 * lines));
            let mut choices = draft.choices().clone();
            (choices.table_size, choices.line_pitch) = (table_size, line_pitch);
            draft.set_choices(choices);
            for format in ["pdf", "docx"] {
                let found = proof(&draft, format, |bytes| bytes);
                let is_same = matches!(found, Proof::Same { .. });
                assert!(is_same, "{format} {table_size} {line_pitch}: {found:?}");
            }
        }
    }
}

#[test]
fn the_longest_table_and_its_heading_leave_room_on_their_page() {
    for (edition, year) in [("2021", 2025), ("2019", 2020)] {
        let layout = export::laid_out(&draft(edition, year));
        let tall = layout.pages.iter().map(|page| {
            let cells = page.places.iter().rev();
            let mut cells = cells.skip_while(|place| !is_cell(place.origin));
            let last = cells.next().map_or(0.0, |place| place.to.1);
            let heading = cells.find(|place| !is_cell(place.origin));
            heading.map_or(0.0, |place| last - place.from.1)
        });
        let tallest = tall.fold(0.0, f32::max);
        // A page takes 22 lines and a little.
        assert!((500.0..637.8 - 20.0).contains(&tallest), "{tallest}");
    }
}

fn is_cell(origin: crate::layout::Origin) -> bool {
    matches!(origin, crate::layout::Origin::Cell(..))
}

#[test]
fn a_word_file_parts_its_tables_where_the_pages_do() {
    let xml = |draft: &Draft| -> String {
        let bytes = export::by_name("docx").unwrap().bytes(draft).unwrap();
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let mut part = archive.by_name("word/document.xml").unwrap();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut part, &mut text).unwrap();
        text
    };
    let rows = |text: &str, label: &str| text.matches(label).count();
    // One of so many beginnings leaves table three half of a page.
    let mut drafts = (1..22).map(|lines| writing(&"果".repeat(28 * lines)));
    let is_parted = |draft: &Draft| rows(&xml(draft), "三、本年度办理结果") == 2;
    let mut draft = drafts.find(is_parted).unwrap();
    assert_eq!(rows(&xml(&draft), "四、结转下年度继续办理"), 1);
    let layout = export::laid_out(&draft);
    let pages = layout.pages.iter();
    let upright = pages.filter(|page| page.runs.iter().any(|run| starts(run, "三、本")));
    assert_eq!(upright.count(), 2);
    let mut choices = draft.choices().clone();
    choices.whole_tables = true;
    draft.set_choices(choices);
    assert_eq!(rows(&xml(&draft), "三、本年度办理结果"), 1);
    assert!(export::laid_out(&draft).pages.len() >= layout.pages.len());
}

fn starts(run: &crate::layout::Run, text: &str) -> bool {
    run.glyphs.first().map(|glyph| glyph.character) == text.chars().next()
        && matches!(run.origin, crate::layout::Origin::Cell(..))
}
