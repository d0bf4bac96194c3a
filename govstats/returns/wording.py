"""The Chinese of a return workbook."""

#: Must match the title pattern of the form in ``layouts/every_department``.
TITLE = "统计数据审核意见表"
SHEET = "审核意见"
COUNTS = "填报单位：{department}    须改正 {must} 条，待说明 {open} 条，其他 {other} 条"
AS_OF = "数据截至 {day} 收到的报表"
HOW = (
    "填表说明：",
    "1.状态为“须改正”的意见必须改正：在原报表上改正后，另存为新文件名重新报送，不需要在本表说明。",
    "2.其余意见请先核对。数据有误的，改正后重新报送；数据无误的，"
    "在“变化原因”栏写明是什么事、何时起、影响了多少，并填写“填报人”。",
    "3.说明应当具体。“核实无误”“情况属实”一类的套话、照抄审核意见、过短的文字不予采信；"
    "同一段文字不要用于不同的意见，确属同一原因的，请分别写明它对各项数据的影响。",
    "4.请勿改动意见编号、事项编号和各栏名称。填好后把本工作簿与报表一样报送，"
    "存入本部门最近一期报表的文件夹；后面各表是原报表的副本，只供对照，不作报送。",
    "5.说明采信后，只要数据不变就一直有效；数据改动后需要重新说明。",
)
MORE = "本表只附前 {shown} 张报表的副本，其余 {left} 张请对照原报表。"
NO_ANSWER = {
    "must_mend": "（须改正后重新报送，不需说明）",
    "overridden": "（已特批放行，不需说明）",
}
SEVERITIES = {"hard": "强制性", "soft": "核实性"}
BEFORE = {
    "explained": "原说明：{explanation}\n已采信",
    "rejected": "原说明：{explanation}\n未采信：{reply}",
    "lapsed": "原说明：{explanation}\n已失效：{reply}",
}
OVERRIDDEN = "特批理由：{reason}"
HINT_TITLE = "变化原因"
HINT = "写明是什么事、何时起、影响了多少。套话、照抄审核意见或过短的不予采信。"
COPY_NAME = "副本{number} {sheet} {period}"
COPY_HEAD = "&L审核意见副本，只供对照，不作报送&R&F"
COPY_NOTE = "原文件：{file}\n工作表：{sheet}\n粗框并加底纹的单元格有审核意见，见批注。{cut}"
COPY_CUT = "\n第 {first} 行至第 {last} 行未列出。"
COPY_WIDE = "\n第 {column} 列以后未列出。"
#: What a sheet says whose figures are made up, and what begins a remark.
DEMONSTRATION, NOTE = "演示数据", "注："
