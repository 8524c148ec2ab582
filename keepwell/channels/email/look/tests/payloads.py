"""HTML that means harm, or only looks as if: each ran, loaded or led astray in some mail program."""

from __future__ import annotations

# Where it would load from: a host that has to hear of nothing.
CANARY = "https://canary.invalid"

HOSTILE = (
    "<script>window.ran = 1</script>",
    "<img src=x onerror='window.ran = 1'>",
    f"<img src={CANARY}/pixel.gif width=1 height=1>",
    f"<img srcset='{CANARY}/a.png 2x' src='cid:none'>",
    f"<svg onload='window.ran = 1'><image href='{CANARY}/x.svg'/></svg>",
    f"<math><mtext><style><img src={CANARY}/m onerror='window.ran = 1'></style></mtext></math>",
    f"<style>@import url({CANARY}/a.css); body {{ background: url({CANARY}/b.png) }}</style>",
    f"<p style=\"background-image: url('{CANARY}/c.png')\">styled</p>",
    f"<p style='color: red; background: url({CANARY}/d.png); position: fixed; inset: 0'>over the page</p>",
    f"<p style='list-style: url({CANARY}/e.png); color: expression(window.ran = 1)'>listed</p>",
    f"<table background='{CANARY}/f.png'><tr><td background={CANARY}/g.png>cell</td></tr></table>",
    f"<link rel=stylesheet href={CANARY}/h.css><link rel=prefetch href={CANARY}/i>",
    f"<meta http-equiv=refresh content='0; url={CANARY}/j'><base href='{CANARY}/'>",
    f"<iframe src='{CANARY}/k'></iframe><object data={CANARY}/l></object><embed src={CANARY}/m>",
    f"<video src={CANARY}/n autoplay poster={CANARY}/o></video><audio src={CANARY}/p autoplay></audio>",
    f"<form action={CANARY}/q><input name=code autofocus onfocus='window.ran = 1'><button>Go</button></form>",
    "<a href='javascript:window.ran = 1'>js</a> <a href='JaVa&#9;ScRiPt:window.ran = 1'>js</a>",
    "<a href='data:text/html,<script>window.ran = 1</script>'>data</a> <a href='vbscript:x'>vb</a>",
    "<a href='/desk/settings/'>ours</a> <a href='//canary.invalid/r'>theirs</a> <a href='#main'>here</a>",
    "<noscript><p title='</noscript><img src=x onerror=window.ran=1>'></noscript>",
    "<template><img src=x onerror='window.ran = 1'></template>",
    "<!--><img src=x onerror='window.ran = 1'>-->",
    "<details open ontoggle='window.ran = 1'>x</details><body onload='window.ran = 1'>",
    f"<img src='data:image/svg+xml,<svg><image href={CANARY}/s></svg>'>",
    f"<img src='  cid:none' lowsrc={CANARY}/t dynsrc={CANARY}/u>",
    "<xmp><img src=x onerror='window.ran = 1'></xmp><plaintext>",
)
