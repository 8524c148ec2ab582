"""Charts: one description, in Vega-Lite, for a page, a file and a mail.

    chart.py     what a chart is: description, title, summary, and the table behind it
    curves.py burn_down.py lines.py bars.py heat.py     make one of plain rows
    look.py colours.py                     the house's colours and type, read from its stylesheet
    drawing.py   draws one without a browser, as PNG or SVG
    in_pages.py  what `{% chart %}` puts into a page for `static/kit/js/chart.js`
    made_script.py  the program that draws there

A description names no colour: it says "objective" or "band"; the look says what that is in light and dark.
"""
