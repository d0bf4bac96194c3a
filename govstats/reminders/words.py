"""Reminders as notices: one to each department and stage, one to the bureau for each stage."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from govstats.notices import BUREAU, Notice, keyed, numbered
from govstats.notices.names import departments
from govstats.reminders.due import Reminder
from govstats.reminders.stages import Stage
from govstats.settings import Settings


def notices(settings: Settings, reminders: Iterable[Reminder]) -> tuple[Notice, ...]:
    """Return what is to be told, departments first, the most urgent stage first.

    Raises:
        KnowledgeError: the table of departments is damaged.
    """
    short = departments(settings)
    own: defaultdict[tuple[int, str], list[Reminder]] = defaultdict(list)
    all_of: defaultdict[int, list[Reminder]] = defaultdict(list)
    for each in reminders:
        if each.stage.to_department:
            own[-each.stage.days_after, each.owed.department_code].append(each)
        if each.stage.to_bureau:
            all_of[-each.stage.days_after].append(each)
    return (
        *(_to_department(code, short.get(code, code), own[_, code]) for _, code in sorted(own)),
        *(_to_bureau(short, all_of[urgency]) for urgency in sorted(all_of)),
    )


def _to_department(code: str, short_name: str, reminders: list[Reminder]) -> Notice:
    stage = reminders[0].stage
    named = numbered([_sheet(each) for each in reminders], "张")
    return Notice(
        title=f"{stage.subject_zh}：{short_name} {len(reminders)} 张报表",
        body=f"{deadline(reminders[0])}\n{named}\n{stage.request_zh}",
        kind=stage.kind,
        departments=(code,),
        keys=tuple(_key(code, each) for each in reminders),
    )


def _to_bureau(short: dict[str, str], reminders: list[Reminder]) -> Notice:
    stage = reminders[0].stage
    by_department: defaultdict[str, list[str]] = defaultdict(list)
    for each in reminders:
        by_department[each.owed.department_code].append(_sheet(each))
    lines = [
        f"{short.get(code, code)}（{len(sheets)} 张）：{'；'.join(sheets)}"
        for code, sheets in by_department.items()
    ]
    return Notice(
        title=f"{stage.subject_zh}：{len(by_department)} 个部门 {len(reminders)} 张报表",
        body=f"{deadline(reminders[0])}\n{numbered(lines, '个部门')}",
        kind=stage.kind,
        keys=tuple(_key(BUREAU, each) for each in reminders),
    )


def deadline(reminder: Reminder) -> str:
    """Return the sentence that says when the sheets were or are due, and how far off that is."""
    return f"报送期限：{_long(reminder.owed.due_date)}（{distance(reminder.stage)}）。"


def distance(stage: Stage) -> str:
    """Return how far off the deadline is: 还有 5 天, 今日截止 or 已逾期 5 天."""
    if stage.days_after == 0:
        return "今日截止"
    return (
        f"已逾期 {stage.days_after} 天" if stage.days_after > 0 else f"还有 {-stage.days_after} 天"
    )


def sofar(reminder: Reminder) -> str:
    """Return what came of the sheet so far, or an empty text where nothing came."""
    if reminder.n_held:
        return "已报送，因审核暂缓采用，请改正后重新报送"
    if reminder.n_refused:
        return f"已报送的 {reminder.n_refused} 份未能接收，请改正后重新报送"
    return ""


def _sheet(reminder: Reminder) -> str:
    so_far = sofar(reminder)
    more = f"（{so_far}）" if so_far else ""
    return f"{reminder.owed.sheet_zh} {reminder.owed.period_zh}{more}"


def _long(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _key(circle: str, reminder: Reminder) -> str:
    owed = reminder.owed
    sheet = f"{owed.department_code}:{owed.layout_id}:{owed.time_period}"
    return keyed(circle, f"reminder:{reminder.stage.days_after}:{sheet}")
