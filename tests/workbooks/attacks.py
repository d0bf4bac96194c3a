"""Files built to harm whoever opens them, in every format, each with the reason it must get."""

from tests.workbooks.attack import Attack
from tests.workbooks.attacks_others import CSV, ODS, XLS, XLSB
from tests.workbooks.attacks_xlsx import XLSX

#: (extension it is sent under, attack)
ATTACKS: list[tuple[str, Attack]] = [
    (extension, attack)
    for extension, attacks in (
        (".xlsx", XLSX),
        (".xls", XLS),
        (".xlsb", XLSB),
        (".ods", ODS),
        (".csv", CSV),
    )
    for attack in attacks
]
