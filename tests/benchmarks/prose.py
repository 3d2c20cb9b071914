"""The words of invented articles: titles, sentences and paragraphs, in so many ways that no two come out alike."""

from __future__ import annotations

from random import Random


def words_of(text: str) -> list[str]:
    return text.split()


PLACES = words_of("""
    澜州 鹤湾 平安桥 青石巷 云渡 东塘 柳林镇 白沙渡 南岭 石桥 望海 松溪 北仓 麦田里 河口 临江 新墩 梧桐里
""")
PEOPLE = words_of("""
    许砚秋 沈浣溪 阿绣 老岳 研究人员 店主 记者 工程师 主管部门 一位老读者 编辑部 摄影师 调查组 志愿者
    船长 开发团队 图书管理员 分析人士 仓库管理员 邮差 供货商 译者 检票员 钟表匠 值班经理 学徒 合作社 气象站
""")
MANNERS = words_of("""
    昨天 终于 悄悄 连续三年 在雨季之前 正式 首次 按计划 反复 清早 又一次 逐步 率先 如期 随后 当场 重新 共同
""")
VERBS = words_of("""
    公布了 检查了 修好了 整理出 谈到 测量了 推迟了 买下了 记录了 拆开了 比较了 放弃了 扩建了 翻译了 找回了
""")
OPENERS = words_of("""
    据悉 其中 不过 到了夏天 与此同时 回过头看 按照约定 换句话说 在旧城区 从数字上看 更要紧的是 据现场消息
""")
COUNTERS = words_of("份 张 批 套 组 处 间 条")
THINGS = words_of("""
    账本 旧地图 短债产品 年度报表 家电补贴方案 渔船 缓存 任务队列 编译器 服务器 纸质书 胶片 豆花摊 时刻表
    手抄词汇 粮仓 开源许可 芯片样品 物流路线 读者来信 早餐铺 屋顶花园 传感器 航班计划 利率曲线 测试用例
    邮路 戏台 Python 脚本 5G 基站 C++ 模块 API 接口
""")
CLAUSES = {
    "{who}{how}{did}{amount}{thing}": 6,
    "{who}{how}{did}{place}的{thing}": 8,
    "{opener}，{who}{how}{did}{place}的{thing}": 4,
    "{opener}，{place}的{thing}比去年多了{amount}": 2,
}
TITLES = {
    "{place}{thing}：{who}{how}{did}{amount}{other}": 40,
    "{who}{did}“{thing}”，{place}{how}多了{amount}{other}": 25,
    "{amount}{thing}，{who}为什么{how}{did}{place}": 20,
    "{thing} {number}.5 发布：{who}{how}{did}{other}": 9,
    '第 {number} 期 #{thing}：在{place}，"{who}"{did}什么': 4,
    "{thing}里的 {{{number}}} 是什么意思？{who}{how}说明": 2,
}
"""Forms and how often each is taken, as of clauses above."""


class Prose:
    """Text put together from the vocabulary, in so many ways that no two articles come out alike."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self._clauses = [self._filled(CLAUSES) + random.choice("，，。") for _ in range(6_000)]

    def person(self) -> str:
        """Return who wrote or edited something."""
        return self.random.choice(PEOPLE)

    def paragraph(self) -> str:
        """Return some sentences, 150 to 700 bytes of them."""
        count = self.random.randint(3, 12)
        return "".join(self.random.choices(self._clauses, k=count))[:-1] + "。"

    def title(self) -> str:
        """Return a line; a long one now and then, cut from the text as for items that have no title."""
        cut = "：" + self.paragraph() if self.random.random() < 0.01 else ""
        return self._filled(TITLES) + cut

    def _filled(self, forms: dict[str, int]) -> str:
        pick, number = self.random.choice, self.random.randint(2, 4_000)
        form = self.random.choices(tuple(forms), tuple(forms.values()))[0]
        return form.format(
            opener=pick(OPENERS),
            place=pick(PLACES),
            who=pick(PEOPLE),
            how=pick(MANNERS),
            did=pick(VERBS),
            number=number,
            amount=f"{number} {pick(COUNTERS)}",
            thing=pick(THINGS),
            other=pick(THINGS),
        )
