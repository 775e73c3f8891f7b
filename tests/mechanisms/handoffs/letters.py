"""A letter of each kind, and its answer if it asks for one; everything in them is invented."""

from __future__ import annotations

LETTERS: dict[str, tuple[dict[str, object], dict[str, object]]] = {
    "plan_issue": (
        {
            "plan": "2026年工作要点（示例）",
            "number": "示打假发〔2026〕1号",
            "issued_on": "2026-03-02",
            "publicity": "此件公开发布",
            "asked": "请认真贯彻执行。",
        },
        {},
    ),
    "plan_task_assignment": (
        {"plan": "2026年工作要点（示例）", "place": "第3条", "work": "开展网络市场专项整治。"},
        {"result": "已检查网店二十家（示例）"},
    ),
    "self_check_report": (
        {
            "plan": "2026年工作要点（示例）",
            "phase": "自查自纠阶段",
            "period": "2026年3月至4月",
            "asked": "形成书面报告，列明问题。",
        },
        {
            "focus": "网络销售和农村市场",
            "problems": "两家网店没有亮照\n一处集市没有索证",
            "measures": "限期改正，月底复查",
        },
    ),
    "summary_report": (
        {
            "plan": "2026年工作要点（示例）",
            "phase": "总结验收阶段",
            "period": "2026年1月至12月",
            "asked": "全面总结，数字准确。",
        },
        {
            "activities": "开展三次专项检查",
            "results": "侵权投诉下降",
            "cases": 12,
            "transferred": 1,
            "problems": "基层力量不足，明年加强培训",
        },
    ),
    "message": (
        {"subject": "核对名单（示例）", "text": "请核对附表中的联系人。"},
        {"result": "已核对，无误"},
    ),
    "policy_review": (
        {
            "title": "商业秘密保护办法（示例）",
            "drafter": "市公安局",
            "digest": "0f0f（示例）",
            "explanation": "落实工作要点第17条",
        },
        {"is_passed": True, "reasons": "第三条删去“必须”", "digest": "0f0f（示例）"},
    ),
    "tax_lead": (
        {
            "summary": "账外销售假冒配件（示例）",
            "taxpayer": "示例商行（虚构）",
            "credit_code": "",
            "estimated_sales": "1200000.00",
            "evidence": "发货单三册",
        },
        {"is_opened": True, "reasons": "隐匿收入属实", "recovered": "96000.50"},
    ),
    "region_lead": (
        {
            "summary": "外地发货窝点（示例）",
            "connection": "发货地在贵市",
            "facts": "快递面单二百张",
        },
        {"result": "已查实并立案", "is_confirmed": True},
    ),
    "region_case": (
        {
            "summary": "假冒注册商标案（示例）",
            "jurisdiction": "违法行为发生地在贵市",
            "facts": "生产、销售均在贵市",
            "files": "卷一 0f0f（示例）",
        },
        {"result": "接收", "case_number": "他市监案〔2026〕7号（示例）", "is_whole": True},
    ),
    "market_assistance": (
        {"subject": "查询经营者登记（示例）", "details": "请提供登记档案"},
        {"result": "档案随函附上"},
    ),
    "assistance": (
        {"subject": "协助取证（示例）", "details": "请到仓库核实库存"},
        {"result": "已核实，库存为零"},
    ),
    "consultation": (
        {"subject": "商请联合检查（示例）", "details": "拟于下周联合检查市场"},
        {"result": "同意，派两人参加"},
    ),
    "report_recognition": (
        {
            "report": "检字第7号（示例）",
            "laboratory": "示例检测所（虚构）",
            "conclusion": "不合格",
        },
        {"result": "标准一致", "is_recognised": True},
    ),
    "parcel_circular": (
        {
            "summary": "寄递假冒商品（示例）",
            "releasable": "某协议客户多次寄递",
            "measures": "停止揽收并复核客户",
        },
        {"measures": "已停止揽收", "done_on": "2026-03-10"},
    ),
    "circular": (
        {
            "subject": "第一季度进度（示例）",
            "period": "2026年1月至3月",
            "findings": "三项任务没有进展",
            "asked": "说明原因并补上",
        },
        {"result": "原因已查明，月底前补上"},
    ),
    "press": (
        {"subject": "清河市场整治（示例）", "reasons": "两个月没有进展", "target": "完成整治"},
        {"result": "已经完成"},
    ),
}

PARTIES = {
    "plan_issue": ("市双打办", "市公安局"),
    "plan_task_assignment": ("市双打办", "市公安局"),
    "self_check_report": ("市双打办", "市公安局"),
    "summary_report": ("市双打办", "市公安局"),
    "policy_review": ("市公安局", "市司法局"),
    "tax_lead": ("市市场监管局", "市税务局"),
    "market_assistance": ("市市场监管局", "他山市市场监管局"),
    "parcel_circular": ("市邮政管理局", "邮政公司"),
    "region_lead": ("市市场监管局", "他山市市场监管局"),
    "region_case": ("市市场监管局", "他山市市场监管局"),
    "circular": ("市双打办", "市公安局"),
    "press": ("市双打办", "市公安局"),
}
"""Who sends a kind to whom; 市公安局 to 市知识产权局 where nothing is said."""
