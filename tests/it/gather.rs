//! A county of 49 units with planted faults: who is told what, and every sum added up again.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;

use nianbao::report::{Draft, Report};
use nianbao::{export, store};
use serde_json::Value;

use crate::cli::{code, nianbao, out};
use crate::sample::{enter, zero_report};

/// What a unit states, in millionths of the printed unit; `None` for a blank cell.
type Figures = BTreeMap<&'static str, Option<i128>>;

const MILLION: i128 = 1_000_000;
const COLUMNS: [&str; 3] = ["natural_person", "commercial_enterprise", "other_org"];
const WORDS: [&str; 12] = [
    "栏目", "目录", "平台", "名单", "窗口", "台账", "公报", "清单", "档案", "图解", "热线", "专班",
];

fn name(unit: usize) -> String {
    if unit <= 31 {
        format!("第{unit}镇人民政府")
    } else {
        format!("县第{unit}局")
    }
}

/// Words of each unit's own.
fn text(unit: usize) -> String {
    let mut state = unit as u64;
    let mut word = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        WORDS[(state >> 33) as usize % WORDS.len()]
    };
    let mut sentence = || {
        let [one, two, three, four] = std::array::from_fn(|_| word());
        format!("围绕{one}抓{two}，{three}逐月过问{four}。")
    };
    (0..14).map(|_| sentence()).collect()
}

/// What a unit states in the cells that are not 0, its table balanced.
fn figures(unit: usize) -> Figures {
    let mut figures = Figures::new();
    let cells: [(&'static str, [&'static str; 3]); 4] = [
        (
            "new",
            [
                "requests.new_received@natural_person",
                "requests.new_received@commercial_enterprise",
                "requests.new_received@other_org",
            ],
        ),
        (
            "over",
            [
                "requests.carried_over@natural_person",
                "requests.carried_over@commercial_enterprise",
                "requests.carried_over@other_org",
            ],
        ),
        (
            "granted",
            [
                "requests.results.granted@natural_person",
                "requests.results.granted@commercial_enterprise",
                "requests.results.granted@other_org",
            ],
        ),
        (
            "forward",
            [
                "requests.carried_forward@natural_person",
                "requests.carried_forward@commercial_enterprise",
                "requests.carried_forward@other_org",
            ],
        ),
    ];
    for column in 0..COLUMNS.len() {
        let new = (unit * (column + 3) % 17 + unit % 5) as i128;
        let over = (unit % (column + 2)) as i128;
        let forward = (new + over) % 3;
        for ((_, keys), figure) in cells.iter().zip([new, over, new + over - forward, forward]) {
            figures.insert(keys[column], Some(figure * MILLION));
        }
    }
    let fees = (unit as i128) * 123_457 % 9_000_000;
    figures.insert("proactive.fees@amount", Some(fees * 100));
    figures.insert(
        "proactive.licensing@processed",
        Some((unit as i128) * 31 * MILLION),
    );
    figures
}

fn decimal(millionths: i128) -> String {
    let (whole, rest) = (millionths / MILLION, millionths % MILLION);
    let rest = format!("{rest:06}");
    let rest = rest.trim_end_matches('0');
    if rest.is_empty() {
        whole.to_string()
    } else {
        format!("{whole}.{rest}")
    }
}

fn report(issuer: &str, year: u16, figures: &Figures, text: &str) -> Report {
    let mut report = zero_report("2021", year);
    enter(&mut report, "issuer", issuer);
    enter(&mut report, "overview", &format!("（一）主动公开\n{text}"));
    for (key, figure) in figures {
        enter(&mut report, key, &figure.map_or(String::new(), decimal));
    }
    report
}

/// One of three formats, by turns.
fn file(report: Report, turn: usize) -> (&'static str, Vec<u8>) {
    let draft = Draft::new(report);
    let written = |name| export::by_name(name).unwrap().bytes(&draft).unwrap();
    match turn % 3 {
        0 => ("nianbao", store::to_bytes(&draft)),
        1 => ("docx", written("docx")),
        _ => ("html", written("html")),
    }
}

const MISSING: [usize; 2] = [3, 17];
const WRONG_YEAR: usize = 5;
const BLANK: usize = 8;
const BROKEN: usize = 11;
const COPIED: (usize, usize) = (20, 21);
const THREE_FORMATS: usize = 25;
const TWO_VERSIONS: usize = 26;
const NEAR: usize = 30;
const WITH_COUNTY: usize = 31;
const LEFT_OUT: usize = 33;
const FORGOTTEN: usize = 40;

/// Makes the county; what each unit that counts states.
fn county(folder: &Path) -> BTreeMap<usize, Figures> {
    let desk = folder.join("收件");
    fs::create_dir_all(desk.join("部门/补报")).unwrap();
    let mut zip = zip::ZipWriter::new(File::create(desk.join("乡镇.zip")).unwrap());
    let mut counted = BTreeMap::new();
    for unit in 1..=49 {
        let mut own = figures(unit);
        match unit {
            BLANK => {
                own.extend(COLUMNS.map(|_| ("requests.carried_over@natural_person", None)));
                own.insert("proactive.fees@amount", None);
            }
            BROKEN => {
                let granted = own.get_mut("requests.results.granted@other_org").unwrap();
                *granted = granted.map(|figure| figure + MILLION);
            }
            _ => {}
        }
        let words = text(if unit == COPIED.1 { COPIED.0 } else { unit });
        let year = if unit == WRONG_YEAR { 2024 } else { 2025 };
        let signed = match unit {
            NEAR => "第3O镇人民政府".to_owned(),
            WITH_COUNTY => format!("清河县{}", name(unit)),
            _ => name(unit),
        };
        let made = |turn| file(report(&signed, year, &own, &words), turn);
        let mut put = |place: &str, turn: usize| {
            let (ending, bytes) = made(turn);
            if place == "zip" {
                let options = zip::write::SimpleFileOptions::default();
                zip.start_file(format!("{unit}.{ending}"), options).unwrap();
                zip.write_all(&bytes).unwrap();
            } else {
                fs::write(desk.join(place).join(format!("{unit}.{ending}")), bytes).unwrap();
            }
        };
        let place = match unit % 4 {
            0 => "部门",
            1 => "zip",
            2 => "部门/补报",
            _ => "",
        };
        match unit {
            _ if MISSING.contains(&unit) => continue,
            THREE_FORMATS => (0..3).for_each(|turn| put(place, turn)),
            _ => put(place, unit),
        }
        if unit == TWO_VERSIONS {
            own.insert("proactive.licensing@processed", Some(MILLION));
            let later = store::to_bytes(&Draft::new(report(&signed, 2025, &own, &words)));
            fs::write(desk.join("26改.nianbao"), later).unwrap();
        }
        if ![WRONG_YEAR, TWO_VERSIONS, NEAR, LEFT_OUT].contains(&unit) {
            counted.insert(unit, own);
        }
    }
    zip.finish().unwrap();
    let hospital = report("县人民医院", 2025, &figures(2), &text(60));
    fs::write(
        desk.join("医院.nianbao"),
        store::to_bytes(&Draft::new(hospital)),
    )
    .unwrap();
    fs::write(desk.join("坏.docx"), b"PK\x03\x04").unwrap();
    fs::write(desk.join("通知.jpg"), b"x").unwrap();
    let mut list = "名称,类别,联系人,期限\n".to_owned();
    for unit in 1..=49 {
        let due = if MISSING.contains(&unit) {
            "2026-01-15"
        } else {
            ""
        };
        list.push_str(&format!("{},乡镇,联系人{unit},{due}\n", name(unit)));
    }
    fs::write(folder.join("名单.csv"), list).unwrap();
    counted
}

/// The sum of a cell over all units that count, none of it by the program.
fn sum(counted: &BTreeMap<usize, Figures>, key: &str) -> (Option<i128>, usize) {
    let stated = |figures: &Figures| figures.get(key).copied().unwrap_or(Some(0));
    let filled: Vec<i128> = counted.values().filter_map(stated).collect();
    let blank = counted.len() - filled.len();
    ((!filled.is_empty()).then(|| filled.iter().sum()), blank)
}

fn unit_of(whole: &Value, unit: usize) -> &Value {
    let units = whole["units"].as_array().unwrap();
    let found = units.iter().find(|found| found["name"] == name(unit));
    found.unwrap()
}

fn noted(unit: &Value, words: &str) -> bool {
    let notes = unit["notes"].as_array().unwrap();
    notes
        .iter()
        .any(|note| note.as_str().unwrap().contains(words))
}

#[test]
fn a_county_of_49_units_is_gathered_as_it_was_made() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let counted = county(folder);
    // The county forgot one unit and took a cell of another twice.
    let mut own = Figures::new();
    for key in figures(1).keys() {
        let (sum, _) = sum(&counted, key);
        let forgotten = figures(FORGOTTEN)[key].unwrap();
        own.insert(key, sum.map(|sum| sum - forgotten));
    }
    let own = report("清河县人民政府", 2025, &own, &text(70));
    fs::write(folder.join("县.nianbao"), store::to_bytes(&Draft::new(own))).unwrap();
    let without = format!("{}=区划调整", name(LEFT_OUT));
    let common = [
        "--units",
        "名单.csv",
        "--own",
        "县.nianbao",
        "--today",
        "2026-01-20",
        "--without",
        &without,
    ];
    let run = |further: &[&str]| {
        nianbao(
            folder,
            &[&["gather", "收件"], &common[..], further].concat(),
        )
    };
    let output = run(&["--format", "json", "-o", "汇总.json"]);
    let error = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(code(&output), 0, "{error}");
    assert!(
        error.contains("通知.jpg") && error.lines().count() == 1,
        "{error}"
    );
    let whole: Value = serde_json::from_str(&out(&output)).unwrap();
    let written: Value =
        serde_json::from_str(&fs::read_to_string(folder.join("汇总.json")).unwrap()).unwrap();
    assert_eq!(whole, written);

    assert_eq!(whole["year"], 2025);
    assert_eq!(whole["units"].as_array().unwrap().len(), 49);
    for unit in 1..=49 {
        let found = unit_of(&whole, unit);
        let state = match unit {
            3 | 17 | WRONG_YEAR | NEAR => "missing",
            BLANK | BROKEN | TWO_VERSIONS => "faulty",
            _ => "reported",
        };
        let is_clean = found["state"] == "reported" || found["errors"] == 0;
        assert!(
            found["state"] == state || (state == "reported" && is_clean),
            "{unit}: {found}"
        );
        assert_eq!(
            found["counted"],
            counted.contains_key(&unit),
            "{unit}: {found}"
        );
        assert_eq!(found["contact"], format!("联系人{unit}"));
        assert_eq!(found["late"], MISSING.contains(&unit));
    }
    for (unit, words) in [
        (3, "还没有报"),
        (3, "晚5天"),
        (WRONG_YEAR, "2024年的报告"),
        (BLANK, "有2格没有填"),
        (THREE_FORMATS, "3份文件数字相同，按一份计"),
        (TWO_VERSIONS, "1格不同"),
        (NEAR, "第3O镇人民政府"),
        (WITH_COUNTY, "署名“清河县第31镇人民政府”"),
        (LEFT_OUT, "不计入汇总：区划调整"),
    ] {
        let found = unit_of(&whole, unit);
        assert!(noted(found, words), "{unit} {words}: {found}");
    }
    assert!(unit_of(&whole, BROKEN)["errors"].as_u64() > Some(0));
    let strays: Vec<_> = whole["strays"]
        .as_array()
        .unwrap()
        .iter()
        .map(|stray| stray["issuer"].as_str().unwrap())
        .collect();
    assert_eq!(strays, ["县人民医院", "第3O镇人民政府"]);
    assert_eq!(whole["unread"][0]["file"], "坏.docx");

    assert_eq!(whole["counted"], counted.len());
    let sums = whole["sums"].as_object().unwrap();
    let mut further = 0;
    for (key, value) in sums {
        let row = |row: &str| {
            COLUMNS
                .map(|column| sum(&counted, &format!("{row}@{column}")).0.unwrap())
                .iter()
                .sum()
        };
        let expected = match key.as_str() {
            "requests.results.total_processed@total" => row("requests.results.granted"),
            _ if key.ends_with("@total") => row(key.trim_end_matches("@total")),
            _ if key.starts_with("requests.results.total_processed@") => {
                let column = key.rsplit('@').next().unwrap();
                sum(&counted, &format!("requests.results.granted@{column}"))
                    .0
                    .unwrap()
            }
            key => sum(&counted, key).0.unwrap(),
        };
        assert_eq!(value, &decimal(expected), "{key}");
        further += usize::from(expected > 0);
    }
    assert!(sums.len() > 190 && further >= 18, "{further}");
    let blank = whole["blank"].as_object().unwrap();
    let expected = [
        "proactive.fees@amount",
        "requests.carried_over@natural_person",
    ];
    assert_eq!(blank.keys().collect::<Vec<_>>(), expected);
    assert!(blank.values().all(|count| count == 1));

    let different = whole["own"]["different"].as_array().unwrap();
    let is_stated = |key: &&&str| figures(FORGOTTEN)[**key] != Some(0);
    for key in figures(1).keys().filter(is_stated) {
        let found = different.iter().find(|found| found["cell"] == *key);
        let found = found.unwrap_or_else(|| panic!("{key}"));
        assert_eq!(found["sum"], sums[*key]);
        let by = found["explained_by"].as_array().unwrap();
        assert_eq!(by[0], name(FORGOTTEN), "{found}");
    }

    let alike = whole["alike"].as_array().unwrap();
    assert_eq!(alike.len(), 1, "{alike:?}");
    assert_eq!(
        alike[0]["units"],
        serde_json::json!([name(COPIED.0), name(COPIED.1)])
    );
    assert_eq!(alike[0]["section"], "overview");
    assert!(alike[0]["likeness"].as_f64().unwrap() > 0.9);

    // The same as a workbook and as a document; a list that can be used again.
    for file in ["汇总.xlsx", "汇总.docx", "名单二.csv"] {
        let output = run(&["-o", file]);
        assert_eq!(code(&output), 0, "{file}");
        assert!(out(&output).contains("应报49个单位"), "{}", out(&output));
    }
    let sheets =
        nianbao::import::read("a.xlsx", &fs::read(folder.join("汇总.xlsx")).unwrap()).unwrap();
    let text = format!("{sheets:?}");
    assert!(
        text.contains("还没有报") && text.contains(sums["proactive.fees@amount"].as_str().unwrap())
    );
    assert!(text.contains("雷同矩阵") || text.contains("相同（%）"));
    let pages =
        nianbao::import::read("a.docx", &fs::read(folder.join("汇总.docx")).unwrap()).unwrap();
    assert!(format!("{pages:?}").contains("与本级报告比较"));
    assert!(
        fs::read_to_string(folder.join("名单二.csv"))
            .unwrap()
            .contains("联系人49")
    );
    assert_eq!(code(&run(&["-o", "汇总.json"])), 2);
}
