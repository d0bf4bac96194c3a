"""What is wrong with files before anybody reads them, in words for both doors."""

from dataclasses import dataclass
from pathlib import Path

from govstats.intake.ledger import LedgerEntry
from govstats.intake.places import Registry, written


@dataclass(frozen=True)
class IntakeProblem:
    """A file below ``data/raw`` that is not what the ledger says; a row of raw.intake_problem."""

    kind: str
    file: str
    submission_id: str | None
    department_code: str | None
    found_zh: str
    expected_zh: str
    remedy_zh: str
    found_en: str
    expected_en: str
    remedy_en: str

    def text_en(self) -> str:
        """One English sentence: file, found, expected, what to do."""
        return (
            f"{self.kind}: {self.file}: {self.found_en}; "
            f"expected {self.expected_en}. To do: {self.remedy_en}."
        )


def tampered(entry: LedgerEntry, sha256: str) -> IntakeProblem:
    """A registered file's bytes are not those that were registered."""
    return IntakeProblem(
        kind="tampered",
        file=entry.file,
        submission_id=entry.submission_id,
        department_code=entry.department_code,
        found_zh=f"登记后文件内容被改动,现校验值 {sha256[:12]}",
        expected_zh=f"登记时校验值 {entry.sha256[:12]}",
        remedy_zh="恢复原文件;如需修订,另存为新文件名重新报送,系统按新版本处理。"
        "已发布数据仍取自登记时留存的原件",
        found_en=f"bytes changed after registration, now {sha256[:12]}",
        expected_en=f"{entry.sha256[:12]} as registered",
        remedy_en="put the original back and hand in the change as a new file; "
        "released figures still come from the bytes kept at registration",
    )


def vanished(entry: LedgerEntry) -> IntakeProblem:
    """A registered file is no longer where it was."""
    return IntakeProblem(
        kind="vanished",
        file=entry.file,
        submission_id=entry.submission_id,
        department_code=entry.department_code,
        found_zh="登记后文件已不在原处",
        expected_zh="原始报表按收到时的位置保存",
        remedy_zh="从留存副本恢复;数据仍取自登记时留存的原件",
        found_en="the registered file is gone",
        expected_en="originals stay where they were received",
        remedy_en=f"restore it from data/store/{entry.stored_name}",
    )


def duplicate(file: Path, entry: LedgerEntry) -> IntakeProblem:
    """The same bytes came again for the same department and period."""
    return IntakeProblem(
        kind="duplicate",
        file=file.as_posix(),
        submission_id=entry.submission_id,
        department_code=entry.department_code,
        found_zh=f"与已登记文件 {entry.file} 内容完全相同",
        expected_zh="每份报表只登记一次",
        remedy_zh="无需处理,未重复入库;如本应是修订稿,请核对后重新报送",
        found_en=f"the same bytes as {entry.file}",
        expected_en="each file once",
        remedy_en="nothing; it was not counted twice. If it should be a revision, send that one",
    )


def unplaced(file: Path, registry: Registry) -> IntakeProblem:
    """The folders name no known department or no legal period."""
    names = "、".join(sorted(set(registry.departments) - set(registry.departments.values())))
    return IntakeProblem(
        kind="unplaced",
        file=file.as_posix(),
        submission_id=None,
        department_code=None,
        found_zh=f"存放路径 {file.parent.as_posix()} 不能识别为“部门/报告期”",
        expected_zh=f"部门简称/YYYY-MM(无1月,1-2月合并报送,放在02月),已登记的部门名称:{names}",
        remedy_zh="移到正确的文件夹;新部门请先在 department_aliases 中登记",
        found_en=f"the folders {file.parent.as_posix()} name no known department and legal period",
        expected_en="<department>/<YYYY-MM>; there is no January period, 1-2月 lies in -02",
        remedy_en="move the file, or add the department's name to seeds/department_aliases.csv "
        "or the period to seeds/calendar.csv",
    )


def linked(file: Path) -> IntakeProblem:
    """The file is a link, or lies behind one: what it shows may change or lie anywhere."""
    return IntakeProblem(
        kind="unplaced",
        file=file.as_posix(),
        submission_id=None,
        department_code=None,
        found_zh="是指向别处的链接",
        expected_zh="报表文件本身",
        remedy_zh="把文件复制到此文件夹,不用链接",
        found_en="it is a link, or lies behind one",
        expected_en="the file itself",
        remedy_en="copy the file here instead of linking to it",
    )


def misnamed(file: Path) -> IntakeProblem:
    """The name has characters that no ledger line, log or page can carry."""
    return IntakeProblem(
        kind="unplaced",
        file=written(file),
        submission_id=None,
        department_code=None,
        found_zh="文件名或文件夹名含有控制字符、换行或非UTF-8编码的字符",
        expected_zh="名称只含可显示的字符(UTF-8编码)",
        remedy_zh="改名后重新存放;压缩包解压后文件名成乱码的,请按GBK编码重新解压",
        found_en="its name has control characters, line ends or bytes that are no UTF-8",
        expected_en="a name of printable characters in UTF-8",
        remedy_en="rename it; where an archive was unpacked into garbled names, unpack it as GBK",
    )


def unreadable(file: Path, error: OSError) -> IntakeProblem:
    """The system does not let the file be read."""
    return IntakeProblem(
        kind="unplaced",
        file=file.as_posix(),
        submission_id=None,
        department_code=None,
        found_zh=f"文件不能打开({error.strerror})",
        expected_zh="运行程序的用户可以读取的文件",
        remedy_zh="检查文件和文件夹的权限后再运行",
        found_en=f"the file cannot be opened ({error.strerror})",
        expected_en="a file that the program's user may read",
        remedy_en="check the permissions of the file and its folder and run again",
    )
