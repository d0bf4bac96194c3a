"""The notice that a step failed."""

from datetime import datetime
from hashlib import sha256

from govstats.errors import AwaitingSignOff, GovstatsError
from govstats.notices.audit import shortened
from govstats.notices.model import BUREAU, Notice, keyed, plain


def failed(dag_id: str, task_id: str, error: BaseException | str | None, at: datetime) -> Notice:
    """Return what the bureau is told of a step that failed for good.

    The same failure is told once a day: a run that is started every quarter of an hour would
    say it a hundred times.

    Args:
        dag_id: the DAG.
        task_id: its task.
        error: what ended it; None where nobody knows.
        at: when, in the district's zone.
    """
    cause = _cause(error)
    reason = _reason(cause)
    waits = isinstance(cause, AwaitingSignOff)
    digest = sha256(reason.encode()).hexdigest()[:10]
    return Notice(
        title="统计数据待签发" if waits else f"数据处理失败：{plain(dag_id)} / {plain(task_id)}",
        body=f"时间：{at:%Y-%m-%d %H:%M}\n原因：{shortened(reason)}\n"
        "上一版数据继续有效。详细情况见 Airflow 中该步骤的日志，或运行 govstats doctor 检查。",
        kind="warning" if waits else "failure",
        keys=(keyed(BUREAU, f"failed:{dag_id}:{task_id}:{at:%Y-%m-%d}:{digest}"),),
    )


def _cause(error: BaseException | str | None) -> BaseException | str | None:
    """Return what a person can mend, where the error was raised because of that."""
    cause = getattr(error, "__cause__", None)
    return cause if isinstance(cause, GovstatsError) else error


def _reason(cause: BaseException | str | None) -> str:
    if cause is None:
        return "未知（进程被终止或主机重启）"
    if isinstance(cause, str | GovstatsError):
        return str(cause)
    # the text of a fault of the program may hold anything, also what is in no message
    return f"程序错误 {type(cause).__name__}，请联系数据工程师"
