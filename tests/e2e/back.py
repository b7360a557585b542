"""Reads back what LibreOffice made of our exports: no figure may be wrong, at least 99 of 100 must be there."""
import concurrent.futures
import json
import pathlib
import subprocess
import sys
import tempfile

nianbao, exported, *files = sys.argv[1:]


def compared(file):
    """How many figures are right, how many there are, and those that are wrong."""
    file = pathlib.Path(file)
    wanted = json.loads((pathlib.Path(exported) / f"{file.stem}.json").read_text())
    with tempfile.TemporaryDirectory() as folder:
        draft = f"{folder}/read.nianbao"
        # Sheets alone do not always say the year.
        command = [nianbao, "import", file, "-o", draft, "--year", str(wanted["year"]), "--home", folder]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            print(f"{file}：{done.stderr.strip()}", file=sys.stderr)
            return 0, sum(value is not None for value in wanted["cells"].values()), []
        command = [nianbao, "export", draft, "--to", "json", "-o", "-"]
        found = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    cells = [(key, value, found["cells"].get(key)) for key, value in wanted["cells"].items()]
    right = sum(value is not None and value == read for _, value, read in cells)
    wrong = [f"{file} {key}：{value}读成{read}" for key, value, read in cells if read not in (value, None)]
    return right, sum(value is not None for _, value, _ in cells), wrong


with concurrent.futures.ThreadPoolExecutor(2) as pool:
    results = list(pool.map(compared, files))
right, figures = (sum(result[at] for result in results) for at in (0, 1))
wrong = [line for result in results for line in result[2]]
print(f"LibreOffice写的{len(files)}个文件读回{figures}个数中的{right}个，读错{len(wrong)}个")
assert not wrong, wrong[:5]
assert right >= figures * 0.99
