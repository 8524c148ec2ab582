"""A map to begin with is filled in from the file, and can be used as it is once its zone is named."""

from keepwell.imports.logs.mapping import read_map
from keepwell.imports.logs.pattern import pattern
from keepwell.imports.logs.tests.conftest import tried


def test_without_a_file_it_is_an_example_that_can_be_read():
    found = read_map(pattern().encode())
    assert found.columns == {"case": "Ticket", "time": "Timestamp", "activity": "Activity"}
    assert found.meaning("activity", "Waiting for requester") == "wait"


def test_columns_and_values_of_the_file_stand_in_it_with_how_often_they_come(guidelines, tmp_path):
    path = tmp_path / "log.csv"
    path.write_text(
        "Incident ID,Status,Priority,Change time,Assignment group,Notes\n"
        'IM1,"In ""progress""",High,17.06.2026 12:00,Desk A,\n'
        "IM1,Resolved,High,17.06.2026 13:00,Desk A,\n"
        "IM2,resolved,Low,17.06.2026 14:00,Desk A,\n"
    )
    text = pattern(path)
    assert '"In \\"progress\\"" = "answered"  # 1' in text
    assert '# Not used: "Notes"' in text
    found = read_map(text.replace('zone = ""', 'zone = "UTC"').encode())
    assert found.columns == {
        "case": "Incident ID",
        "time": "Change time",
        "state": "Status",
        "severity": "Priority",
        "group": "Assignment group",
    }
    assert found.times == ("%d.%m.%Y %H:%M",)
    report, refused = tried(path, text.replace('zone = ""', 'zone = "UTC"'))
    assert (refused, report.cases, report.is_mapped) == ([], 2, True)


def test_a_file_that_is_not_utf_8_has_its_encoding_in_the_map(guidelines, tmp_path):
    path = tmp_path / "log.csv"
    row = "IM1,2026-06-17T12:00Z,Geöffnet,\n"
    path.write_bytes(f"Case,Time,Activity,Größe\n{row}".encode("cp1252"))
    text = pattern(path)
    assert '"Geöffnet" = ' in text
    assert '# Not used: "Größe"' in text
    assert read_map(text.encode()).encoding == "cp1252"
    report, refused = tried(path, text.replace('encoding = "cp1252"', ""))
    assert report.not_used == ("Gr??e",)


def test_a_column_of_too_many_values_is_not_listed(tmp_path):
    path = tmp_path / "log.csv"
    path.write_text(
        "Case,Time,Activity\n" + "".join(f"1,2026-06-17T12:00Z,free text {n}\n" for n in range(300))
    )
    text = pattern(path)
    assert '"*" = "ignored"' in text
    assert "free text" not in text
    assert "# zone" in text
