from __future__ import annotations

import pytest

from tests.kernel.documents.making import PLAN, TITLE, page, paragraphs_html
from zhengpin.kernel.documents import DocumentKind, errors, read_document


def lines(html: str, encoding: str = "utf-8") -> list[str]:
    document = read_document(html.encode(encoding), "a.html")
    assert document.kind is DocumentKind.HTML
    return document.text.split("\n")


def test_a_government_page_gives_its_article_and_nothing_around_it() -> None:
    assert lines(page(paragraphs_html(PLAN))) == PLAN


def test_the_title_above_the_body_is_kept_and_not_doubled() -> None:
    assert lines(page(paragraphs_html(PLAN[1:])))[:2] == PLAN[:2]
    assert lines(page(paragraphs_html(PLAN))).count(TITLE) == 1


def test_the_name_of_the_site_is_no_title() -> None:
    html = page(paragraphs_html(PLAN[1:])).replace(f'<h2 class="title">{TITLE}</h2>', "")
    assert lines(html) == PLAN[1:]


@pytest.mark.parametrize("charset", ["gb2312", "gbk", "utf-8"])
def test_a_page_in_gbk_is_read_whatever_its_meta_says(charset: str) -> None:
    html = page(paragraphs_html(PLAN), charset=charset)
    document = read_document(html.encode("gb18030"), "a.htm")
    assert document.encoding == "gb18030"
    assert document.text.split("\n") == PLAN


def test_a_stray_byte_outside_the_article_does_no_harm() -> None:
    data = page(paragraphs_html(PLAN), charset="gbk").encode("gb18030")
    broken = data.replace("相关文章".encode("gb18030"), b"\xcf\xff")
    assert read_document(broken, "a.html").text.split("\n") == PLAN


def test_a_stray_byte_inside_the_article_is_refused() -> None:
    data = page(paragraphs_html(PLAN), charset="gbk").encode("gb18030")
    with pytest.raises(errors.Undecodable):
        read_document(data.replace("农药".encode("gb18030"), b"\xcf\xff"), "a.html")


def test_a_notice_before_the_plan_and_a_date_after_it_belong_to_the_article() -> None:
    notice = "<p>各区人民政府：</p><p>现将工作要点印发给你们，请结合实际，认真贯彻执行。</p>"
    plan = f"<div class='annex'>{paragraphs_html(PLAN * 3)}</div>"
    date = "<p>某市双打办</p><p>2024年3月1日</p>"
    got = lines(page(notice + plan + date))
    assert got[:2] == ["各区人民政府：", "现将工作要点印发给你们，请结合实际，认真贯彻执行。"]
    assert got[-2:] == ["某市双打办", "2024年3月1日"]
    got = lines(page(plan + date))
    assert got[-2:] == ["某市双打办", "2024年3月1日"]


def test_every_block_and_break_begins_a_line() -> None:
    html = (
        "<div>甲<br>乙<p>丙</p>丁<h2>戊</h2><ul><li>己</li><li>庚</li></ul>辛<span>壬</span></div>"
    )
    assert lines(html) == ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛壬"]


def test_ordered_lists_show_their_numbers() -> None:
    html = (
        "<div><ol><li>甲</li><li>乙<ol type=a><li>丙</li></ol></li></ol>"
        "<ol start=4><li>丁</li><li value=9>戊</li><li>己</li></ol>"
        "<ol style='list-style-type: cjk-ideographic'><li>庚</li></ol>"
        "<ol style='list-style: none'><li>辛</li></ol><ol><li>（一）壬</li></ol></div>"
    )
    assert lines(html) == [
        *("1. 甲", "2. 乙", "a. 丙", "4. 丁", "9. 戊", "10. 己"),
        *("一、庚", "辛", "（一）壬"),
    ]


def test_entities_are_decoded_and_spaces_are_ordinary() -> None:
    html = "<p>&ldquo;双打&rdquo;&nbsp;&#20449;&#x606F;&amp;\n  线索&nbsp;&nbsp;2024 \n 年</p>"
    assert lines(html) == ["“双打” 信息& 线索 2024 年"]


def test_a_line_end_of_the_source_inside_chinese_text_is_no_space() -> None:
    assert lines("<p>依法严厉\n    打击，\n侵权\nABC\nDEF</p>") == ["依法严厉打击，侵权 ABC DEF"]


def test_preformatted_text_keeps_its_lines() -> None:
    assert lines("<div><pre>一、甲\n（一）乙\n\n丙</pre></div>") == ["一、甲", "（一）乙", "丙"]


def test_a_table_row_is_one_line_with_tabs() -> None:
    html = (
        "<table><tr><th>序号<th>任务<th>牵头单位</tr>"
        "<tr><td>1<td><p>查办</p><p>案件</p><td>市公安局</tr></table>"
    )
    assert lines(html) == ["序号\t任务\t牵头单位", "1\t查办 案件\t市公安局"]


def test_spanned_rows_repeat_and_spanned_columns_stay_empty() -> None:
    html = (
        "<table><tr><td rowspan=2>互联网</td><td>甲</td><td>乙</td></tr>"
        "<tr><td>丙</td><td>丁</td></tr><tr><td colspan=2>合计</td><td>戊</td></tr>"
        "<tr><td rowspan=0>己</td><td colspan=2 rowspan=2>庚</td></tr><tr></tr></table>"
    )
    assert lines(html) == ["互联网\t甲\t乙", "互联网\t丙\t丁", "合计\t\t戊", "己\t庚\t"]


def test_a_table_that_arranges_the_page_is_no_table() -> None:
    body = "".join(f"<p>{text}</p>" for text in PLAN)
    one_cell = f"<table><tr><td>{body}</td></tr></table>"
    with_menu = f"<table><tr><td>导航</td><td>{body}</td></tr></table>"
    assert lines(f"<html><body>{one_cell}</body></html>") == PLAN
    assert lines(f"<html><body>{with_menu}</body></html>")[-len(PLAN) :] == PLAN
    assert not any("\t" in line for line in lines(with_menu))


def test_text_between_the_rows_of_a_broken_table_is_not_lost() -> None:
    html = "<table>前<tr>间<td>甲</td><td>乙</td></tr>后<p>段</p></table>"
    text = "".join(lines(html))
    assert all(word in text for word in ("前", "间", "甲\t乙", "后", "段"))


def test_words_of_the_plan_are_not_mistaken_for_furniture() -> None:
    article = (
        "<p><b>大</b>力推进ICP备案管理，落实网站标识码制度。</p><p>保护版权所有者权益。</p>"
        "<p>位置：市政务中心。</p><p class='right'>打印企业要建立台账，关闭违法网站。</p>"
        "<table><tr><td>大</td><td>中</td><td>小</td></tr><tr><td>下载</td><td>1</td></tr></table>"
    )
    text = read_document(page(article).encode(), "a.html").text
    assert "大力推进ICP备案管理，落实网站标识码制度。" in text
    assert "保护版权所有者权益。" in text
    assert "位置：市政务中心。" in text
    assert "打印企业要建立台账，关闭违法网站。" in text
    assert "大\t中\t小" in text


def test_a_part_with_the_prose_is_not_cut_for_its_name() -> None:
    html = f"<html><body><div class='header nav'>{paragraphs_html(PLAN)}</div></body></html>"
    assert lines(html) == PLAN


def test_the_title_in_a_block_named_like_furniture_is_kept() -> None:
    html = page(paragraphs_html(PLAN[1:])).replace(
        f'<h2 class="title">{TITLE}</h2>', f'<div class="pages-title header">{TITLE}</div>'
    )
    assert lines(html) == PLAN


def test_an_old_site_of_nested_tables_and_breaks_is_read() -> None:
    body = "<br>".join(f"&nbsp;&nbsp;{text}" for text in PLAN[1:])
    html = (
        f"<html><head><title>{TITLE}</title></head><body><table><tr><td><img></td></tr>"
        "<tr><td><a href=/>首页</a>|<a href=/b>公告</a></td></tr><tr><td><table><tr>"
        "<td width=160><a href=/c>机构</a><br><a href=/d>法规</a></td>"
        f"<td><b>{TITLE}</b><br>{body}</td></tr></table></td></tr>"
        "<tr><td>版权所有：某市人民政府 技术支持：某公司</td></tr></table></body></html>"
    )
    assert lines(html) == PLAN


def test_a_page_saved_from_word_is_read_with_its_written_numbers() -> None:
    html = (
        "<html xmlns:o='urn:schemas-microsoft-com:office:office'><head><meta charset=gb2312>"
        "<!--[if gte mso 9]><xml>x</xml><![endif]--><style>p.MsoNormal {}</style></head>"
        "<body lang=ZH-CN><div class=WordSection1><p class=MsoNormal><![if !supportLists]>"
        "<span>一、<span>&nbsp; </span></span><![endif]>深化<span\nlang=EN-US>2024</span>"
        "治理<o:p></o:p></p><p class=MsoHeader>查处假冒，保护权利人。</p></div></body></html>"
    )
    assert lines(html, "gb18030") == ["一、 深化2024治理", "查处假冒，保护权利人。"]


def test_xhtml_and_fragments_are_pages_too() -> None:
    xhtml = (
        '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0'
        ' Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">'
        f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{paragraphs_html(PLAN)}</body></html>'
    )
    assert lines(xhtml) == PLAN
    assert read_document(paragraphs_html(PLAN).encode(), "a.txt").text.split("\n") == PLAN
    assert lines(f"<!-- saved from url --><html>{paragraphs_html(PLAN)}") == PLAN


def test_no_entity_of_a_document_type_is_expanded() -> None:
    html = (
        '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y "爆">]>'
        "<html><body><p>甲&x;&y;乙</p></body></html>"
    )
    text = read_document(html.encode(), "a.html").text
    assert "root:" not in text
    assert "爆" not in text


def test_a_page_without_text_is_refused() -> None:
    with pytest.raises(errors.NoArticle):
        read_document(b"<html><body><script>load()</script></body></html>", "a.html")


@pytest.mark.parametrize("tag", ["div", "span", "table><tr><td", "b"])
def test_deep_nesting_is_refused_and_does_not_crash(tag: str) -> None:
    with pytest.raises(errors.TooComplex):
        read_document(f"<html><body>{f'<{tag}>' * 50_000}甲".encode(), "a.html")


def test_a_table_that_would_grow_without_bound_is_refused() -> None:
    row = "<tr><td>甲</td></tr>"
    html = f"<table><tr><td rowspan=999>{'长' * 50_000}</td><td>乙</td></tr>{row * 500}</table>"
    with pytest.raises(errors.TooComplex):
        read_document(html.encode(), "a.html")
    with pytest.raises(errors.TooComplex):
        read_document(("<p>甲" + "<br>" * 600_000).encode(), "a.html")
